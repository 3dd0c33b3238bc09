namespace Morula.Bench.Profile;

/// <summary>Parts of a step as Markdown.</summary>
internal static class ProfileReport
{
    /// <summary>A section for one size of image.</summary>
    /// <param name="title">Heading.</param>
    /// <param name="parts">In order.</param>
    /// <param name="whole">Seconds of the step as training takes it.</param>
    /// <param name="sampling">Seconds that a sample takes to make.</param>
    /// <param name="limit">The machine's.</param>
    public static string Section(string title, IReadOnlyList<PartCost> parts, double whole, double sampling, MachineLimit limit)
    {
        double sum = parts.Sum(part => part.Forward + part.Backward);
        return $"""
            ## {title}

            {Table(parts, sum, limit)}
            The parts add up to {sum:0.000} s; the step as training takes it: {whole:0.000} s. A sample with all its variations takes {sampling:0.000} s to make, ahead of the step, on another thread.


            """;
    }

    private static MarkdownTable Table(IReadOnlyList<PartCost> parts, double sum, MachineLimit limit)
    {
        var table = new MarkdownTable(
            "part", "forward (ms)", "backward (ms)", "share (%)", "GFLOP", "forward GFLOP/s", "of peak (%)", "backward GFLOP/s", "of peak (%)");
        foreach (PartCost part in parts.Append(Total(parts)))
        {
            double forward = part.Operations / part.Forward, backward = part.Operations == 0 ? 0 : part.BackwardOperations / part.Backward;
            table.Add(
                part.Part, Milliseconds(part.Forward), Milliseconds(part.Backward), $"{100 * (part.Forward + part.Backward) / sum:0.0}",
                Giga(part.Operations, "0.00"), Giga(forward, "0.0"), Share(forward), Giga(backward, "0.0"), Share(backward));
        }

        return table;

        string Share(double rate) => rate > 0 ? $"{100 * rate / limit.OperationsPerSecond:0}" : "";
    }

    private static PartCost Total(IReadOnlyList<PartCost> parts) =>
        new("all parts", parts.Sum(part => part.Forward), parts.Sum(part => part.Backward), parts.Sum(part => part.Operations));

    private static string Milliseconds(double seconds) => seconds > 0 ? $"{1000 * seconds:0.0}" : "";

    private static string Giga(double number, string format) => number > 0 ? (number / 1e9).ToString(format) : "";
}
