using Morula.Samples;
using Morula.Volumes;

namespace Morula.Fitting;

/// <summary>The surveyed images and cells as training will see them: in voxels of the working grid.</summary>
internal sealed class WorkingGrid(Survey survey, SampleOptions options)
{
    private readonly int space = SpatialAxes.Count(survey.Rank);

    /// <summary>Working spacing of the typical image.</summary>
    public Spacing Spacing { get; } = Of(survey.Spacing, options);

    /// <summary>Sizes of all images.</summary>
    public IReadOnlyList<Extent> Extents { get; } =
        [.. survey.Extents.Zip(survey.Spacings, (extent, own) => CommonGrid.Working(own, extent, options.Spacing))];

    /// <summary>Median size of a cell along each axis of space.</summary>
    public double[] MedianSizes => [.. Enumerable.Range(0, space).Select(axis => survey.MedianSize(axis) / Spacing[Spacing.Rank - space + axis])];

    /// <summary>Median side of a cell.</summary>
    public double Side => SideAt(0.5);

    /// <summary>Side below which a share of the cells lies.</summary>
    public double SideAt(double share) => Quantile.Of(survey.WholeCells.Select(cell => Training.AnchorShapes.Side(InVoxels(cell.Sizes, Spacing))), share);

    /// <summary>Sizes of the boxes of one image's cells along the axes of space.</summary>
    public IReadOnlyList<double[]> Shapes(SurveyedImage image) => [.. image.Cells.Select(cell => InVoxels(cell.Sizes, Of(image.Spacing, options)))];

    /// <summary>Centres of one image's cells along the axes of space.</summary>
    public IReadOnlyList<double[]> Centres(SurveyedImage image) => [.. image.Cells.Select(cell => InVoxels(cell.Centre, Of(image.Spacing, options)))];

    /// <summary>Sizes of one image along the axes of space.</summary>
    public int[] SpaceOf(SurveyedImage image) => [.. CommonGrid.Working(image.Spacing, image.Extent, options.Spacing).Sizes[^space..]];

    private static Spacing Of(Spacing own, SampleOptions options) => options.Spacing is null ? own : CommonGrid.WorkingSpacing(own, options.Spacing);

    private double[] InVoxels(double[] lengths, Spacing spacing) => [.. lengths.Select((length, axis) => length / spacing[spacing.Rank - space + axis])];
}
