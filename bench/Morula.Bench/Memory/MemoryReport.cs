using Morula.Measuring;

namespace Morula.Bench.Memory;

/// <summary>Memory over the steps as a table, and how fast each part of it grows.</summary>
internal static class MemoryReport
{
    private const long SettledAfter = 200;

    // Share of the memory by which a thousand steps must raise it to matter.
    private const double Noticeable = 0.02;

    /// <summary>The table.</summary>
    public static MarkdownTable Table(IEnumerable<MemorySample> samples)
    {
        var table = new MarkdownTable(
            "step", "resident (MiB)", "anonymous", "peak", "managed heap", "malloc in use", "malloc held free", "tensors");
        foreach (MemorySample one in samples)
        {
            table.Add(
                $"{one.Step}", Mebibytes(one.Resident), Mebibytes(one.Anonymous), Mebibytes(one.Peak), Mebibytes(one.Managed),
                Mebibytes(one.NativeInUse), Mebibytes(one.NativeHeld), $"{one.Tensors}");
        }

        return table;
    }

    /// <summary>Growth of every part, MiB per 1000 steps, by least squares once the first steps are over.</summary>
    public static string Verdict(IReadOnlyList<MemorySample> samples)
    {
        long settled = Math.Min(SettledAfter, samples[^1].Step / 2);
        MemorySample[] late = [.. samples.Where(one => one.Step >= settled)];
        if (late.Length < 3) return "too few steps for a verdict\n";
        var (resident, error) = Slope(late, one => one.Resident);
        var table = new MarkdownTable("growth from step " + settled, "MiB per 1000 steps", "standard error");
        Add("resident", one => one.Resident);
        Add("managed heap", one => one.Managed);
        Add("malloc in use", one => one.NativeInUse);
        Add("malloc held free", one => one.NativeHeld);
        return $"**{Judge(resident, error, late.Average(one => ProcessMemory.Mebibytes(one.Resident)))}**: {resident:0.0} ± {error:0.0} MiB per 1000 steps\n\n{table}";

        void Add(string name, Func<MemorySample, long> part)
        {
            var (slope, deviation) = Slope(late, part);
            table.Add(name, $"{slope:0.0}", $"{deviation:0.0}");
        }
    }

    // Samples that follow each other resemble each other: two standard errors are the least that should count.
    private static string Judge(double slope, double error, double mean)
    {
        if (slope > 2 * error && slope > Noticeable * mean) return "memory grows";
        return slope + (2 * error) < Noticeable * mean ? "memory does not grow" : "undecided, take more steps";
    }

    private static (double PerThousand, double Error) Slope(MemorySample[] samples, Func<MemorySample, long> part)
    {
        double[] steps = [.. samples.Select(one => one.Step / 1000.0)];
        double[] sizes = [.. samples.Select(one => ProcessMemory.Mebibytes(part(one)))];
        var (meanStep, meanSize) = (steps.Average(), sizes.Average());
        double spread = steps.Sum(step => (step - meanStep) * (step - meanStep));
        double slope = steps.Zip(sizes, (step, size) => (step - meanStep) * (size - meanSize)).Sum() / spread;
        double rest = steps.Zip(sizes, (step, size) => Math.Pow(size - meanSize - (slope * (step - meanStep)), 2)).Sum();
        return (slope, Math.Sqrt(rest / (steps.Length - 2) / spread));
    }

    private static string Mebibytes(long bytes) => $"{ProcessMemory.Mebibytes(bytes):0.0}";
}
