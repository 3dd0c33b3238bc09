using Morula.Volumes;

namespace Morula.Fitting;

/// <summary>What a look at a data set has found: the headers of all its files, and some of its images whole.</summary>
/// <param name="Rank">Largest number of axes of an image.</param>
/// <param name="Names">Of all images, in order.</param>
/// <param name="StatesSplit">Whether the data set says what is for validation.</param>
/// <param name="IsCalibrated">Whether every pair states its spacing.</param>
/// <param name="Spacing">Median along each axis, over all images.</param>
/// <param name="SpacingVaries">Whether some image's spacing differs from the median by more than 5 %.</param>
/// <param name="Extents">Of all images, in voxels of their own.</param>
/// <param name="Spacings">Of all images, in the order of <paramref name="Extents"/>.</param>
/// <param name="ClassCounts">Number of cells by class, from 1, over all tables of objects; empty without such tables.</param>
/// <param name="Images">Those that were read.</param>
internal sealed record Survey(
    int Rank,
    IReadOnlyList<string> Names,
    bool StatesSplit,
    bool IsCalibrated,
    Spacing Spacing,
    bool SpacingVaries,
    IReadOnlyList<Extent> Extents,
    IReadOnlyList<Spacing> Spacings,
    IReadOnlyDictionary<int, int> ClassCounts,
    IReadOnlyList<SurveyedImage> Images)
{
    /// <summary>Number of embryos that the images show, as the data set names them.</summary>
    public int Embryos { get; init; } = 1;

    /// <summary>Unit of lengths in space, for people.</summary>
    public string Unit => IsCalibrated ? "µm" : "voxels";

    /// <summary>All cells that were met.</summary>
    public IReadOnlyList<SurveyedCell> Cells { get; } = [.. Images.SelectMany(image => image.Cells)];

    /// <summary>The cells whose sizes are to be believed: those off the border, where they are at least a third; else all.</summary>
    public IReadOnlyList<SurveyedCell> WholeCells
    {
        get
        {
            SurveyedCell[] whole = [.. Cells.Where(cell => !cell.TouchesBorder)];
            return whole.Length * 3 >= Cells.Count ? whole : Cells;
        }
    }

    /// <summary>The side (root of the product of sizes) below which a share of the whole cells lies.</summary>
    public double Side(double share) => Quantile.Of(WholeCells.Select(cell => Training.AnchorShapes.Side(cell.Sizes)), share);

    /// <summary>The median size of the whole cells along one axis of space.</summary>
    public double MedianSize(int axis) => Quantile.Of(WholeCells.Select(cell => cell.Sizes[axis]), 0.5);
}
