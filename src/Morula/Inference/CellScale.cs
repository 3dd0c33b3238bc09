using Morula.Measuring;
using Morula.Model;
using Morula.Samples;
using Morula.Volumes;

namespace Morula.Inference;

/// <summary>
/// How large the cells of an image are, judged by a network that looks at its middle: at scales an octave apart until it knows the cells best at one, then
/// at the scale at which cells of the size it saw there are as large as those it was made for.
/// </summary>
/// <param name="network">Finds the cells of what it is shown.</param>
/// <param name="samples">What it was taught on.</param>
/// <param name="stride">Sizes of what it is shown are multiples of this, one number per axis.</param>
/// <param name="typicalVoxels">Size of the cells it was made for.</param>
/// <param name="leastScore">Of the cells that count.</param>
internal sealed class CellScale(TileNetwork network, SampleOptions samples, int[] stride, double typicalVoxels, double leastScore)
{
    private const int LeastCells = 3;

    // Octaves of the working grid's step over the finest of the image; those in the middle are the likeliest. Finer than the image itself noise looks like cells, so only where nothing else is known one looks there.
    private const int FinestOctave = 0;
    private const int MiddleOctave = 1;
    private const int CoarsestOctave = 3;

    // Cells that were found may be seen so much finer than the image.
    private const double FinestShare = 0.5;

    // A size that differs by more than this factor from that which set the scale is looked at once more.
    private const double Tolerance = 1.2;
    private const int MostLooks = 3;

    // Share of what is known elsewhere that tells that cells are alike.
    private const double LeastLikeness = 0.5;

    // A cell nearly as large as the view counts no more often than this allows, along an axis.
    private const double LeastShareWhole = 0.2;

    /// <summary>Size of a typical cell that the network was made for, in voxels: as stated, or the geometric mean of its smallest and largest anchors.</summary>
    public static double TypicalVoxels(ModelOptions options, SampleOptions samples)
    {
        if (samples.TypicalCell > 0) return samples.TypicalCell;
        double[] sides = [.. options.Proposals.AnchorShapes(options.Rank).SelectMany(level => level).Select(shape => GeometricMean(shape[SpatialAxes.First(options.Rank)..]))];
        if (sides.Length == 0) throw new ArgumentException("The network has no anchors, so nobody knows for which size of cells it was made.", nameof(options));
        return Math.Sqrt(sides.Min() * sides.Max());
    }

    /// <summary>What is seen of the cells in the middle of an image at their own scale; null where the network knows none at any.</summary>
    /// <param name="image">Of the network's rank, 2 or 3.</param>
    /// <param name="expected">What was seen in an image like this one: only where it is not seen here too all scales are looked at. Null where nothing is known.</param>
    /// <param name="cancellation">Stops between scales.</param>
    public SeenCells? See(Volume image, SeenCells? expected, CancellationToken cancellation)
    {
        var (low, high) = Percentiles.Of(image.Voxels, samples.LowPercentile, samples.HighPercentile);
        int[] middle = Middle(image, low, high);
        double finest = image.Spacing.Steps.ToArray().Min();
        if (expected is { } alike && Settle(alike.Size, At) is { } again && again.Known >= LeastLikeness * alike.Known) return again;
        SeenCells? found = Search(octave => At(finest * Math.Pow(2, octave)));
        // Few large cells may be seen whole nowhere else.
        if (found is null && At(finest * FinestShare) is { Known: > 0 } finer) found = finer;
        return found is { } cells ? Settle(cells.Size, At) ?? cells : null;

        SeenCells At(double spacing)
        {
            cancellation.ThrowIfCancellationRequested();
            return Look(image, middle, Math.Clamp(spacing, finest * FinestShare, finest * Math.Pow(2, CoarsestOctave)), new IntensityScale(low, high));
        }
    }

    /// <summary>Of all places that a box of this size has in a view, the share of those where it is whole.</summary>
    /// <param name="box">Lower and upper corner, voxels.</param>
    /// <param name="extent">Of the view.</param>
    /// <param name="isCut">Of each axis, whether the image goes on beyond the view.</param>
    internal static double ShareWhole(ReadOnlySpan<float> box, Extent extent, bool[] isCut)
    {
        double share = 1;
        for (int axis = 0; axis < extent.Rank; axis++)
        {
            double size = box[extent.Rank + axis] - box[axis];
            if (isCut[axis]) share *= Math.Max(LeastShareWhole, 1 - (size / extent[axis]));
        }

        return share;
    }

    /// <summary>The size that half of the weight lies below.</summary>
    internal static double Median(IReadOnlyList<(double Size, double Weight)> cells)
    {
        double half = cells.Sum(cell => cell.Weight) / 2;
        double below = 0;
        foreach (var (size, weight) in cells.OrderBy(cell => cell.Size))
        {
            below += weight;
            if (below > half) return size;
        }

        return cells.Max(cell => cell.Size);
    }

    // At the scale of cells of a size, again where those seen there have another; null where none is seen.
    private SeenCells? Settle(double size, Func<double, SeenCells> look)
    {
        SeenCells? settled = null;
        for (int looks = 0; looks < MostLooks; looks++)
        {
            SeenCells seen = look(size / typicalVoxels);
            if (seen.Known == 0) break;
            settled = seen;
            if (Math.Max(seen.Size / size, size / seen.Size) <= Tolerance) break;
            size = seen.Size;
        }

        return settled;
    }

    // Climbs from the middle octave to one that is better than both beside it; where nothing is known, on to the ends.
    private static SeenCells? Search(Func<int, SeenCells> look)
    {
        var seen = new Dictionary<int, SeenCells>();
        for (int best = MiddleOctave; ;)
        {
            foreach (int octave in new[] { best, best - 1, best + 1 })
            {
                if (octave is >= FinestOctave and <= CoarsestOctave && !seen.ContainsKey(octave)) seen[octave] = look(octave);
            }

            var (next, cells) = seen.MaxBy(entry => entry.Value.Known);
            if (cells.Known > 0 && next == best) return cells;
            if (cells.Known == 0 && seen.Count == CoarsestOctave - FinestOctave + 1) return null;
            best = cells.Known > 0 ? next : seen.ContainsKey(FinestOctave) ? CoarsestOctave : FinestOctave;
        }
    }

    // Share of the view that cells seen whole are known to fill, weighted by their scores, and their median size. A view into an image cuts large cells more often than small ones, so
    // a cell counts as often as there are cut ones beside it (edge correction: Miles 1974).
    private SeenCells Look(Volume image, int[] middle, double spacing, IntensityScale intensities)
    {
        Volume part = image.Crop(Around(image, middle, spacing));
        Volume seen = intensities.Apply(part.Resample(CommonGrid.Working(part.Spacing, part.Extent, [spacing])));
        var whole = new Block(new int[seen.Rank], [.. seen.Extent.Sizes.ToArray().Select((size, axis) => Tiling.RoundUp(size, stride[axis]))]);
        Detections found = network.DetectBoxes(seen.CropToEdge(whole), whole, seen.Extent);
        HostGarbage.Collect();
        bool[] isCut = [.. Enumerable.Range(0, seen.Rank).Select(axis => part.Extent[axis] < image.Extent[axis])];
        var cells = new List<(double Size, double Weight)>();
        double known = 0;
        for (int index = 0; index < found.Count; index++)
        {
            ReadOnlySpan<float> box = found.Box(index);
            if (found.Scores[index] < leastScore || !IsInside(box, seen.Extent)) continue;
            double weight = 1 / ShareWhole(box, seen.Extent, isCut);
            cells.Add((Size(box), weight));
            known += weight * found.Scores[index] * Volume(box) / seen.Extent.Count;
        }

        return cells.Count < LeastCells ? default : new SeenCells(known, Median(cells) * spacing);
    }

    // A view as large as one and a half samples at a spacing, in voxels of the image, inside it.
    private Block Around(Volume image, int[] middle, double spacing)
    {
        int[] sample = samples.CropAt(image.Rank), lower = new int[image.Rank], upper = new int[image.Rank];
        for (int axis = 0; axis < image.Rank; axis++)
        {
            int size = Math.Clamp((int)(1.5 * sample[axis] * spacing / image.Spacing[axis]), 1, image.Extent[axis]);
            lower[axis] = Math.Clamp(middle[axis] - (size / 2), 0, image.Extent[axis] - size);
            upper[axis] = lower[axis] + size;
        }

        return new Block(lower, upper);
    }

    // Centre of what is brighter than half of the range: of the tissue.
    private static int[] Middle(Volume image, float low, float high)
    {
        long[] strides = image.Extent.Strides();
        var sums = new double[image.Rank];
        double all = 0;
        for (int voxel = 0; voxel < image.Voxels.Length; voxel++)
        {
            if (image.Voxels[voxel] <= (low + high) / 2) continue;
            all++;
            for (int axis = 0; axis < sums.Length; axis++) sums[axis] += voxel / strides[axis] % image.Extent[axis];
        }

        return [.. sums.Select((sum, axis) => all > 0 ? (int)(sum / all) : image.Extent[axis] / 2)];
    }

    private static bool IsInside(ReadOnlySpan<float> box, Extent extent)
    {
        for (int axis = 0; axis < extent.Rank; axis++)
        {
            if (box[axis] < 1 || box[extent.Rank + axis] > extent[axis] - 1) return false;
        }

        return true;
    }

    private static double Size(ReadOnlySpan<float> box) => Math.Pow(Volume(box), 2.0 / box.Length);

    private static double Volume(ReadOnlySpan<float> box)
    {
        double volume = 1;
        for (int axis = 0; axis < box.Length / 2; axis++) volume *= box[(box.Length / 2) + axis] - box[axis];
        return volume;
    }

    private static double GeometricMean(float[] sides) => Math.Pow(sides.Aggregate(1.0, (product, side) => product * side), 1.0 / sides.Length);
}
