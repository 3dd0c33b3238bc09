using Morula.Formats;
using Morula.Volumes;

namespace Morula.Reports;

/// <summary>An image and the labels of its cells in files, of which pictures are cut: no more is read than they show.</summary>
internal sealed class PlaneSource : IDisposable
{
    private const int LongestSide = 1024;
    private const long MostAtOnce = 4_194_304;
    private const long MostHeld = 67_108_864;

    private readonly VolumeSource image;
    private readonly Lazy<Volume>? held;

    private PlaneSource(VolumeSource image, VolumeSource labels)
    {
        (this.image, Labels) = (image, labels);
        // What can only be read from its front is read once.
        if (image.IsSequential && image.Extent.Count <= MostHeld) held = new Lazy<Volume>(() => image.ReadImage(image.Extent.Whole));
    }

    /// <summary>The cells.</summary>
    public VolumeSource Labels { get; }

    /// <summary>Whether single places can be looked at without going through all of the image.</summary>
    public bool IsQuick => !image.IsSequential || held is not null;

    /// <summary>Opens both.</summary>
    /// <param name="imagePath">The image.</param>
    /// <param name="frame">Frame of the image file; null for all of it.</param>
    /// <param name="labelPath">Labels of the same sizes.</param>
    /// <param name="rank">Axes that both are read with.</param>
    /// <exception cref="VolumeFormatException">A file cannot be read, or the sizes differ.</exception>
    public static PlaneSource Open(string imagePath, int? frame, string labelPath, int rank)
    {
        VolumeSource image = VolumeSource.OpenImage(imagePath, frame: frame, rank: rank);
        VolumeSource? labels = null;
        try
        {
            labels = VolumeSource.OpenLabels(labelPath, rank: rank);
            if (labels.Extent != image.Extent) throw new VolumeFormatException(labelPath, $"is {labels.Extent} voxels, but {imagePath} is {image.Extent}.");
            return new PlaneSource(image, labels);
        }
        catch
        {
            labels?.Dispose();
            image.Dispose();
            throw;
        }
    }

    /// <summary>The planes through the middle, made smaller where they are larger than a picture.</summary>
    public IReadOnlyList<Panel> Middle() => [.. PlaneCut.Of(image.Extent.Rank).Select(cut => new Panel(
        cut.Name,
        Reduced<Volume, float>(cut, block => cut.From(ReadImage(block)), (part, extent) => part.Resample(extent), (extent, spacing, voxels) => new Volume(extent, spacing, voxels)),
        Reduced<LabelVolume, int>(cut, block => cut.From(Labels.ReadLabels(block)), (part, extent) => part.Resample(extent), (extent, spacing, voxels) => new LabelVolume(extent, spacing, voxels)))
    {
        IsFilled = false,
    })];

    /// <summary>A part of the image that is one plane, as rank 2.</summary>
    public Volume Image(Block plane) => PlaneCut.Front.From(ReadImage(plane));

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        image.Dispose();
        Labels.Dispose();
    }

    private Volume ReadImage(Block block) => held?.Value.Crop(block) ?? image.ReadImage(block);

    // Strips of whole multiples of the step, so that each becomes rows of its own; what is left over is less than a pixel.
    private TGrid Reduced<TGrid, TVoxel>(PlaneCut cut, Func<Block, TGrid> read, Func<TGrid, Extent, TGrid> resample, Func<Extent, Spacing, TVoxel[], TGrid> make)
        where TGrid : Grid<TVoxel>
        where TVoxel : unmanaged
    {
        Block whole = cut.Middle(image.Extent);
        var (rowAxis, columnAxis) = cut.Axes(image.Extent.Rank);
        int rows = image.Extent[rowAxis], columns = image.Extent[columnAxis];
        int step = (Math.Max(rows, columns) + LongestSide - 1) / LongestSide;
        if (step == 1 || Math.Min(rows, columns) < step) return read(whole);
        (rows, columns) = (rows / step, columns / step);
        int strip = (int)Math.Max(1, MostAtOnce / ((long)step * step * columns));
        var voxels = new List<TVoxel>();
        Spacing? spacing = null;
        for (int row = 0; row < rows; row += strip)
        {
            int count = Math.Min(strip, rows - row);
            Block part = Between(Between(whole, rowAxis, row * step, (row + count) * step), columnAxis, 0, columns * step);
            TGrid small = resample(read(part), new Extent(count, columns));
            spacing ??= small.Spacing;
            voxels.AddRange(small.Voxels);
        }

        return make(new Extent(rows, columns), spacing!.Value, [.. voxels]);
    }

    private static Block Between(Block block, int axis, int lower, int upper)
    {
        var (from, to) = (block.Lower.ToArray(), block.Upper.ToArray());
        (from[axis], to[axis]) = (lower, upper);
        return new Block(from, to);
    }
}
