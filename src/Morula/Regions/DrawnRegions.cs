using Morula.Geometry;

namespace Morula.Regions;

/// <summary>The regions of a batch that enter the losses, on the host; those of an image stand together, its positives first.</summary>
/// <param name="Rank">Axes of an image.</param>
/// <param name="Boxes">R x 2D numbers.</param>
/// <param name="Images">R numbers: the image of each.</param>
/// <param name="Truths">R numbers: index of the cell that it matches in its image, or -1.</param>
/// <param name="Classes">R classes; 0 is background.</param>
public sealed record DrawnRegions(int Rank, float[] Boxes, int[] Images, int[] Truths, long[] Classes)
{
    /// <summary>Number of regions.</summary>
    public int Count => Images.Length;

    /// <summary>Number of those that match a cell.</summary>
    public int PositiveCount => Truths.Count(truth => truth >= 0);

    /// <summary>Draws from the proposals of every image.</summary>
    internal static DrawnRegions Draw(IReadOnlyList<float[]> proposals, IReadOnlyList<RegionTruth> truth, int rank, RegionOptions options, Random random) =>
        Draw(proposals, truth, rank, options, [.. Enumerable.Repeat(random, proposals.Count)]);

    /// <summary>The same, with a source of chance for every image.</summary>
    internal static DrawnRegions Draw(IReadOnlyList<float[]> proposals, IReadOnlyList<RegionTruth> truth, int rank, RegionOptions options, IReadOnlyList<Random> chances)
    {
        var (boxes, images, truths, classes) = (new List<float>(), new List<int>(), new List<int>(), new List<long>());
        for (int image = 0; image < proposals.Count; image++)
        {
            RegionSample sample = RegionSample.Draw(proposals[image], truth[image], rank, options, chances[image]);
            int count = sample.Boxes.Length / (2 * rank);
            boxes.AddRange(sample.Boxes);
            images.AddRange(Enumerable.Repeat(image, count));
            truths.AddRange(Enumerable.Range(0, count).Select(index => index < sample.PositiveCount ? sample.Truths[index] : -1));
            classes.AddRange(Enumerable.Range(0, count).Select(index => index < sample.PositiveCount ? truth[image].Classes[sample.Truths[index]] : 0L));
        }

        return images.Count > 0
            ? new DrawnRegions(rank, [.. boxes], [.. images], [.. truths], [.. classes])
            : throw new ArgumentException("No region was proposed; a pyramid always proposes some.", nameof(proposals));
    }

    /// <summary>Some of them, in the order given.</summary>
    internal DrawnRegions Take(ReadOnlySpan<int> rows) => new(
        Rank, Rows.Take<float>(Boxes, 2 * Rank, rows), Rows.Take<int>(Images, 1, rows), Rows.Take<int>(Truths, 1, rows), Rows.Take<long>(Classes, 1, rows));

    /// <summary>Those that match a cell.</summary>
    internal int[] Positives() => [.. Enumerable.Range(0, Count).Where(row => Truths[row] >= 0)];

    /// <summary>Number of those that match a cell of a known lineage.</summary>
    internal int KnownCount(IReadOnlyList<RegionTruth> truth) => Positives().Count(row => truth[Images[row]].Events.Length > 0);

    /// <summary>Those whose mask is computed: of each image the first positives, up to a number, and the negatives where these are asked for too.</summary>
    internal int[] Masked(RegionOptions options)
    {
        var masked = new List<int>();
        var positives = new Dictionary<int, int>();
        for (int row = 0; row < Count; row++)
        {
            int before = positives.GetValueOrDefault(Images[row]);
            if (Truths[row] < 0 ? !options.MaskNegatives : before >= options.MaskSampleCount) continue;
            if (Truths[row] >= 0) positives[Images[row]] = before + 1;
            masked.Add(row);
        }

        return [.. masked];
    }

    /// <summary>The cells' boxes of some rows that all match one.</summary>
    internal float[] TrueBoxes(ReadOnlySpan<int> rows, IReadOnlyList<RegionTruth> truth)
    {
        var boxes = new List<float>();
        foreach (int row in rows) boxes.AddRange(truth[Images[row]].Boxes.AsSpan(Truths[row] * 2 * Rank, 2 * Rank));
        return [.. boxes];
    }
}
