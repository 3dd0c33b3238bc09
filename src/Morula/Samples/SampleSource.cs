using Morula.Volumes;

namespace Morula.Samples;

/// <summary>
/// An endless row of training samples. Each is a pure function of the seed and its index: choice of image, place of the crop
/// and every variation. Images are visited in a new random order each time round, so that all are seen equally often.
/// Safe to use from several threads.
/// </summary>
public sealed class SampleSource
{
    private readonly ImageStore store;
    private readonly IReadOnlyList<Pair> pairs;
    private readonly SampleOptions options;
    private readonly int seed;

    /// <summary>Makes a source of samples cut from the given pairs.</summary>
    public SampleSource(ImageStore store, IReadOnlyList<Pair> pairs, SampleOptions options, int seed)
    {
        if (pairs.Count == 0) throw new ArgumentException("There is no image to take samples from.", nameof(pairs));
        this.store = store;
        this.pairs = pairs;
        this.options = options;
        this.seed = seed;
    }

    /// <summary>The sample of an index, from 0.</summary>
    public Sample Get(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        LoadedPair loaded = store.Load(PairOf(index));
        var random = new Random(SampleSeed.Mix(seed, index));
        var crop = new Extent(options.CropAt(loaded.Image.Rank));
        Symmetry symmetry = options.Symmetries
            ? Symmetry.Draw(loaded.Image.Spacing, random)
            : Symmetry.Identity(crop.Rank);

        // The crop is cut in the shape that the symmetry turns into the wanted one.
        Extent shape = symmetry.Before(crop);
        double magnification = options.Zoom > 0 ? 1 + (options.Zoom * ((2 * random.NextDouble()) - 1)) : 1;
        Block window = CropWindow.Draw(loaded, CropWindow.Size(shape, magnification), options.CellShare, random);
        var (image, labels) = options.Zoom > 0 || options.ElasticMagnitude > 0
            ? new Warp(shape, window, loaded.Image.Spacing, options, random).Apply(loaded.Image, loaded.Labels)
            : (loaded.Image.Crop(window, Intensity.Background), loaded.Labels.Crop(window));
        image = new Volume(crop, symmetry.Apply(image.Spacing), symmetry.Apply(image.Voxels, shape));
        labels = new LabelVolume(crop, image.Spacing, symmetry.Apply(labels.Voxels, shape));
        IntensityVariation.Apply(image, options, random);
        return new Sample(image, labels, Truths(loaded, labels, window, shape));
    }

    private Pair PairOf(long index)
    {
        long visit = index / options.SamplesPerImage;
        int[] order = [.. Enumerable.Range(0, pairs.Count)];
        new Random(SampleSeed.Mix(~seed, visit / pairs.Count)).Shuffle(order);
        return pairs[order[visit % pairs.Count]];
    }

    private List<TruthCell> Truths(LoadedPair loaded, LabelVolume labels, Block window, Extent shape)
    {
        // A cell seen whole fills this many voxels of the sample per voxel of the source.
        double enlargement = (double)shape.Count / window.Extent.Count;
        var (from, to) = labels.Rank > 3 ? (window.Lower[0], window.Upper[0]) : (0, 1);
        var truths = new List<TruthCell>();
        foreach (LabelledCell cell in labels.Cells())
        {
            double whole = loaded.VoxelsOf(cell.Label, from, to) * enlargement;
            if (cell.VoxelCount < options.MinimumVoxels || cell.VoxelCount < options.MinimumVisible * whole) continue;
            truths.Add(new TruthCell(cell.Label, loaded.ClassOf(cell.Label), Corners(cell.Box)) { Events = loaded.EventsOf(cell.Label, from, to) });
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
