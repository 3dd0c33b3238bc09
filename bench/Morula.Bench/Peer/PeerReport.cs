using Morula.Measuring;

namespace Morula.Bench.Peer;

/// <summary>Both sides as Markdown.</summary>
internal static class PeerReport
{
    /// <summary>The whole page.</summary>
    public static string Write(IReadOnlyList<PeerRow> rows, string settings) => $"""
        # A training step beside PyTorch

        The same network, weights, batch and step, written by the book in PyTorch (bench/peers). Every figure is of a process of its
        own; bench/README.md says what the columns mean. Ratios above 1: the peer takes that many times as much.

        {settings}{Peer(rows)}
        {Table(rows)}
        {Sameness(rows)}
        """;

    private static string Peer(IReadOnlyList<PeerRow> rows)
    {
        ScriptResult theirs = rows[0].Theirs;
        string[] kernels = [.. rows.Select(row => row.Kernels.Length == 0 ? "unset" : row.Kernels).Distinct()];
        return $"- peer: PyTorch {theirs.Torch}; linear algebra: {string.Join(", ", theirs.Libraries)}; OPENBLAS_CORETYPE: {string.Join(", ", kernels)}\n"
            + (theirs.HasFastAlgebra ? string.Empty : "- THE PEER'S LINEAR ALGEBRA IS SLOW: its figures say nothing at batch 1; see --libraries in bench/README.md\n")
            + $"- malloc \"set\": {PeerMalloc.Own}\n";
    }

    private static MarkdownTable Table(IReadOnlyList<PeerRow> rows)
    {
        var table = new MarkdownTable(
            "image", "batch", "threads", "malloc: ours, peer", "step (s)", "peer (s)", "ratio", "processor (s)", "peer (s)", "ratio", "peak (MiB)", "peer (MiB)", "ratio",
            "above base (MiB)", "peer (MiB)", "ratio");
        foreach (PeerRow row in rows)
        {
            var (ours, theirs) = (row.Ours, row.Theirs);
            table.Add(
                Sizes.Name(row.Setting.Extent), $"{row.Setting.Batch}", $"{row.Setting.Threads}",
                $"{PeerMalloc.Name(row.OurMalloc)}, {PeerMalloc.Name(row.TheirMalloc)}",
                $"{ours.StepSeconds:0.000}", $"{theirs.StepSeconds:0.000}", $"{theirs.StepSeconds / ours.StepSeconds:0.00}",
                $"{ours.ProcessorSeconds:0.000}", $"{theirs.ProcessorSeconds:0.000}", $"{theirs.ProcessorSeconds / ours.ProcessorSeconds:0.00}",
                Mebibytes(ours.PeakBytes), Mebibytes(theirs.PeakBytes), $"{(double)theirs.PeakBytes / ours.PeakBytes:0.00}",
                Mebibytes(ours.AboveBaseBytes), Mebibytes(theirs.AboveBaseBytes), $"{(double)theirs.AboveBaseBytes / ours.AboveBaseBytes:0.00}");
        }

        return table;
    }

    private static string Sameness(IReadOnlyList<PeerRow> rows)
    {
        double worst = rows.Max(row => row.Theirs.Difference(row.Ours));
        string verdict = rows.All(row => row.Theirs.Agrees(row.Ours)) ? "It is the same network" : "IT IS NOT THE SAME NETWORK";
        return $"{verdict}: levels of the pyramid, logits and deltas of all anchors, and the five losses with the same anchors and regions drawn, differ by at most {worst:0.0e0} relative.\n\n"
            + "PyTorch sends a single small map down another path than a batch (batch 1): matrix products, with the linear algebra named above. Morula convolves such a map by halves. A batch of two takes the same path on both sides.\n";
    }

    private static string Mebibytes(long bytes) => $"{ProcessMemory.Mebibytes(bytes):0}";
}
