using Morula.Volumes;

namespace Morula.Samples;

/// <summary>
/// An endless row of training samples. Each is a pure function of the seed and its index: choice of image, place of the crop
/// and every variation. Images are visited in a new random order each time round, so that all are seen equally often; those of several
/// embryos so that embryos are (<see cref="SampleOptions.BalanceEmbryos"/>, <see cref="SampleOptions.BalanceStages"/>).
/// Safe to use from several threads.
/// </summary>
public sealed class SampleSource
{
    private readonly ImageStore store;
    private readonly DrawOrder order;
    private readonly SampleOptions options;
    private readonly int seed;

    /// <summary>Makes a source of samples cut from the given pairs.</summary>
    public SampleSource(ImageStore store, IReadOnlyList<Pair> pairs, SampleOptions options, int seed)
    {
        if (pairs.Count == 0) throw new ArgumentException("There is no image to take samples from.", nameof(pairs));
        this.store = store;
        this.options = options;
        this.seed = seed;
        var groups = new List<Func<Pair, string>>();
        if (options.BalanceEmbryos) groups.Add(pair => pair.Embryo);
        if (options.BalanceStages) groups.Add(StageOf);
        order = DrawOrder.Of(pairs, [.. groups]);
    }

    /// <summary>The sample of an index, from 0.</summary>
    public Sample Get(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ICropSource source = store.Open(order.At(index / options.SamplesPerImage, ~seed));
        var random = new Random(SampleSeed.Mix(seed, index));
        var crop = new Extent(options.CropAt(source.Extent.Rank));
        Symmetry symmetry = options.Symmetries
            ? Symmetry.Draw(source.Spacing, random)
            : Symmetry.Identity(crop.Rank);

        // The crop is cut in the shape that the symmetry turns into the wanted one.
        Extent shape = symmetry.Before(crop);
        double magnification = options.Zoom > 0 ? 1 + (options.Zoom * ((2 * random.NextDouble()) - 1)) : 1;
        Block window = CropWindow.Draw(source, CropWindow.Size(shape, magnification), options, random);
        var (image, labels) = Cut(source, shape, window, random);
        image = new Volume(crop, symmetry.Apply(image.Spacing), symmetry.Apply(image.Voxels, shape));
        labels = new LabelVolume(crop, image.Spacing, symmetry.Apply(labels.Voxels, shape));
        IntensityVariation.Apply(image, options, random);
        return new Sample(image, labels, Truths(source, labels, window, shape));
    }

    private (Volume Image, LabelVolume Labels) Cut(ICropSource source, Extent shape, Block window, Random random)
    {
        if (options.Zoom == 0 && options.ElasticMagnitude == 0)
        {
            PairPart plain = source.Read(() => window.ClipTo(source.Extent)).Crop(window);
            return (plain.Image, plain.Labels);
        }

        var warp = new Warp(shape, window, source.Spacing, options, random);
        return warp.Apply(source.Read(() => warp.Reach(source.Extent)));
    }

    // Embryos of one stage have numbers of cells within a factor of two.
    private string StageOf(Pair pair) => Math.Round(Math.Log2(Math.Max(1, store.CountCells(pair)))).ToString("00", System.Globalization.CultureInfo.InvariantCulture);

    private List<TruthCell> Truths(ICropSource source, LabelVolume labels, Block window, Extent shape)
    {
        // A cell seen whole fills this many voxels of the sample per voxel of the source.
        double enlargement = (double)shape.Count / window.Extent.Count;
        var (from, to) = labels.Rank > 3 ? (window.Lower[0], window.Upper[0]) : (0, 1);
        var truths = new List<TruthCell>();
        foreach (LabelledCell cell in labels.Cells())
        {
            double whole = source.CellList.VoxelsOf(cell.Label, from, to) * enlargement;
            if (cell.VoxelCount < options.MinimumVoxels || cell.VoxelCount < options.MinimumVisible * whole) continue;
            truths.Add(new TruthCell(cell.Label, source.ClassOf(cell.Label), Corners(cell.Box)) { Events = CellFate.Of(source.Pair, cell.Label, from, to) });
        }

        return truths;
    }

    private static float[] Corners(Block box)
    {
        var corners = new float[2 * box.Rank];
        for (int axis = 0; axis < box.Rank; axis++)
            (corners[axis], corners[box.Rank + axis]) = (box.Lower[axis], box.Upper[axis]);
        return corners;
    }
}
