using Morula.Volumes;

namespace Morula.Proposals;

/// <summary>
/// An image, or a tile of one, in parts of about the size of a training sample. Each part may bring as many candidates as a sample of its size: what is
/// kept at a place then depends on what lies around it, neither on how empty the rest of the tile is nor on where the tile ends.
/// </summary>
public sealed class SampleParts
{
    // Per axis, of parts in voxels of the tile, ends included.
    private readonly int[][] bounds;
    private readonly double sample;

    private SampleParts(int[][] bounds, double sample)
    {
        (this.bounds, this.sample) = (bounds, sample);
        Count = bounds.Aggregate(1, (count, axis) => count * (axis.Length - 1));
        Size = Math.Max(1, bounds.Aggregate(1.0, (voxels, axis) => voxels * (axis[^1] - axis[0])) / sample);
    }

    /// <summary>Number of parts.</summary>
    public int Count { get; }

    /// <summary>Voxels of all parts over those of a training sample, at least 1.</summary>
    public double Size { get; }

    /// <summary>An image in one part, as large as a training sample.</summary>
    public static SampleParts Whole(Extent image) => new([.. image.Sizes.ToArray().Select(size => (int[])[0, size])], image.Count);

    /// <summary>The parts of an image, cut at the same places whatever the tile.</summary>
    /// <param name="image">Sizes of the image in voxels.</param>
    /// <param name="tile">What is seen of it; what reaches outside counts for nothing.</param>
    /// <param name="sample">Sizes of a training sample, one number per axis.</param>
    /// <exception cref="ArgumentException">Ranks differ, or the tile lies outside the image.</exception>
    public static SampleParts Of(Extent image, Block tile, ReadOnlySpan<int> sample)
    {
        if (tile.Rank != image.Rank || sample.Length != image.Rank) throw new ArgumentException($"Tile and sample must have the rank of the image, {image.Rank}.", nameof(tile));
        Block seen = tile.ClipTo(image);
        if (seen.IsEmpty) throw new ArgumentException($"The tile {tile} lies outside the image of {image}.", nameof(tile));
        var bounds = new int[image.Rank][];
        for (int axis = 0; axis < bounds.Length; axis++)
        {
            int count = Math.Max(1, (int)Math.Round((double)image[axis] / sample[axis])), size = image[axis], from = seen.Lower[axis], to = seen.Upper[axis];
            int[] inner = [.. Enumerable.Range(1, count - 1).Select(cut => (int)((long)cut * size / count)).Where(cut => cut > from && cut < to)];
            bounds[axis] = [.. inner.Prepend(from).Append(to).Select(bound => bound - tile.Lower[axis])];
        }

        return new SampleParts(bounds, new Extent(sample.ToArray()).Count);
    }

    /// <summary>The part in which the centre of a box lies.</summary>
    /// <param name="box">2D numbers in voxels of the tile.</param>
    public int PartOf(ReadOnlySpan<float> box)
    {
        int part = 0;
        for (int axis = 0; axis < bounds.Length; axis++)
        {
            int[] cuts = bounds[axis];
            float centre = (box[axis] + box[bounds.Length + axis]) / 2;
            int along = 0;
            while (along < cuts.Length - 2 && centre >= cuts[along + 1]) along++;
            part = (part * (cuts.Length - 1)) + along;
        }

        return part;
    }

    /// <summary>How many of what a training sample may have so many of, a part may have: at least one.</summary>
    public int Quota(int part, int perSample) => Math.Max(1, (int)Math.Min(int.MaxValue, perSample * (Count == 1 ? Size : Voxels(part) / sample)));

    private double Voxels(int part)
    {
        double voxels = 1;
        for (int axis = bounds.Length - 1; axis >= 0; axis--)
        {
            int count = bounds[axis].Length - 1, along = part % count;
            voxels *= bounds[axis][along + 1] - bounds[axis][along];
            part /= count;
        }

        return voxels;
    }
}
