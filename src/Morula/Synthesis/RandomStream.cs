namespace Morula.Synthesis;

/// <summary>
/// A small generator (SplitMix64: Steele, Lea and Flood 2014) that forks by key, so that every slab of an image, face or
/// frame draws from its own sequence and the result does not depend on the order in which threads work.
/// </summary>
internal struct RandomStream(ulong seed)
{
    private ulong state = seed;
    private double spare = double.NaN;

    /// <summary>Takes its seed from the caller's generator.</summary>
    public RandomStream(Random random)
        : this((ulong)random.NextInt64())
    {
    }

    /// <summary>An independent sequence that belongs to this one's present state and the key; this one does not advance.</summary>
    public readonly RandomStream Fork(long key) => new(Mix(state ^ Mix((ulong)key + 0x632BE59BD9B4E019)));

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        return Mix(state);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform between two bounds.</summary>
    public double Uniform(double least, double most) => least + ((most - least) * Uniform());

    /// <summary>Uniform integer from 0 to count - 1.</summary>
    public int Below(int count) => (int)(Uniform() * count);

    /// <summary>Normal with mean 0 and deviation 1 (Box and Muller 1958, both of a pair used).</summary>
    public double Gaussian()
    {
        double kept = spare;
        spare = double.NaN;
        if (!double.IsNaN(kept)) return kept;
        double radius = Math.Sqrt(-2 * Math.Log(1 - Uniform()));
        var (sine, cosine) = Math.SinCos(2 * Math.PI * Uniform());
        spare = radius * sine;
        return radius * cosine;
    }

    /// <summary>Poisson count; above a mean of 30 the rounded normal of equal mean and variance stands in.</summary>
    public int Poisson(double mean)
    {
        if (mean > 30) return Math.Max(0, (int)Math.Round(mean + (Math.Sqrt(mean) * Gaussian())));
        double limit = Math.Exp(-mean);
        double product = Uniform();
        int count = 0;
        for (; product > limit; count++) product *= Uniform();
        return count;
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
