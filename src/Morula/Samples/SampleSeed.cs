namespace Morula.Samples;

/// <summary>Seeds that differ in every bit for neighbouring indices (the finaliser of SplitMix64, Steele et al. 2014).</summary>
internal static class SampleSeed
{
    public static int Mix(int seed, long index) =>
        (int)Scramble(Scramble((ulong)(uint)seed) + (ulong)index) & int.MaxValue;

    public static ulong Scramble(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
