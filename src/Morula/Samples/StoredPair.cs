using Morula.Formats;
using Morula.Volumes;

namespace Morula.Samples;

/// <summary>
/// A pair that is never held whole: a part is read from both files where it lies, and only that is resampled and normalised. Every voxel
/// is what loading the whole pair gives.
/// </summary>
internal sealed class StoredPair : ICropSource
{
    private readonly IndexRecord record;
    private readonly int background;
    private readonly IReadOnlyDictionary<int, int> classes;

    /// <summary>Makes it from what the index knows of it.</summary>
    public StoredPair(Pair pair, IndexRecord record, SampleOptions options)
    {
        (Pair, this.record, background) = (pair, record, options.BackgroundLabel);
        CellList = record.Cells.Without(background);
        classes = ObjectClasses.Read(pair.ObjectsPath);
    }

    /// <inheritdoc/>
    public Pair Pair { get; }

    /// <inheritdoc/>
    public Extent Extent => record.Working;

    /// <inheritdoc/>
    public Spacing Spacing => record.Spacing;

    /// <inheritdoc/>
    public CellList CellList { get; }

    /// <inheritdoc/>
    public int ClassOf(int label) => classes.GetValueOrDefault(label, ObjectClasses.Default);

    /// <inheritdoc/>
    public PairPart Read(Func<Block> wanted)
    {
        Block block = wanted();
        using var image = VolumeSource.OpenImage(Pair.ImagePath, rank: Extent.Rank);
        Volume seen = record.Scale.Apply(WorkingImage.Resample(image, Extent, block));
        int[] truth = ReadLabels(Pair, Extent, block, background);
        return new PairPart(new Volume(block.Extent, Spacing, seen.Voxels), new LabelVolume(block.Extent, Spacing, truth), block.Lower.ToArray(), Extent);
    }

    /// <summary>The labels of a block of the working grid.</summary>
    /// <param name="pair">The files.</param>
    /// <param name="working">Sizes of the working grid.</param>
    /// <param name="block">Inside it.</param>
    /// <param name="background">Label that becomes 0.</param>
    public static int[] ReadLabels(Pair pair, Extent working, Block block, int background)
    {
        using var labels = VolumeSource.OpenLabels(pair.LabelPath, rank: working.Rank);
        int[] truth = NearestResampling.Apply(labels.ReadLabels(NearestResampling.SourceOf(labels.Extent, working, block)).Voxels, labels.Extent, working, block);
        if (background != 0) FrameLabels.Replace(truth, truth, label => label == background ? 0 : label);
        return truth;
    }
}
