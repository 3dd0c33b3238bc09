using Morula.Backbone;
using Morula.Volumes;

namespace Morula.Fitting;

/// <summary>Size of a training sample.</summary>
internal static class CropAdvice
{
    private const double WantedCells = 16;
    private const double WholeCell = 1.5;
    private const long MostVoxels = 1_500_000;
    private const int MostSide = 512;
    private const int Frames = 4;

    public static IEnumerable<Advice> Of(Survey survey, MorulaOptions options)
    {
        var grid = new WorkingGrid(survey, options.Samples);
        int[] stride = PyramidStrides.Of(survey.Rank, options.Model.Backbone)[^1];
        var (crop, cells) = Candidates(grid, stride).Select(crop => (Crop: crop, Cells: Quantile.Of(CropCount.Of(survey, grid, crop), 0.5)))
            .TakeUntil(entry => entry.Cells >= WantedCells && HoldsLargeCell(entry.Crop, grid))
            .Last();
        string limit = cells >= WantedCells ? string.Empty : ", the most that fit into the image or into a step's memory";
        yield return new Advice(
            "Samples.Crop", JsonValue.OfAxes(crop),
            $"a crop around a cell then holds {cells:0} cells (median){limit}; images have {Typical(grid)} working voxels, and sizes are multiples of the largest stride ({string.Join(' ', stride)})");
    }

    /// <summary>Crops from small to large, physically as cubic as the image allows.</summary>
    private static IEnumerable<int[]> Candidates(WorkingGrid grid, int[] stride)
    {
        int rank = stride.Length, first = SpatialAxes.First(rank);
        int[] most = [.. Enumerable.Range(0, rank).Select(axis => Most(grid, axis, stride[axis]))];
        double finest = grid.Spacing.Steps[first..].ToArray().Min();
        int[]? last = null;
        for (int side = stride.Max(); side <= MostSide; side += stride.Max())
        {
            int[] crop = [.. Enumerable.Range(0, rank).Select(axis => axis < first
                ? Math.Min(Frames, most[axis])
                : Math.Clamp((int)Math.Round(side * finest / grid.Spacing[axis] / stride[axis]) * stride[axis], stride[axis], most[axis]))];
            if (last is not null && (crop.SequenceEqual(last) || new Extent(crop).Count > MostVoxels)) yield break;
            yield return last = crop;
        }
    }

    // A tenth of the images may be smaller: what a crop lacks is filled with background.
    private static int Most(WorkingGrid grid, int axis, int stride) =>
        Math.Max(1, (int)Quantile.Of(grid.Extents.Select(extent => (double)extent[axis]), 0.1) / stride) * stride;

    private static bool HoldsLargeCell(int[] crop, WorkingGrid grid) => crop.Max() >= WholeCell * grid.SideAt(0.95);

    private static string Typical(WorkingGrid grid) =>
        string.Join(" x ", Enumerable.Range(0, grid.Spacing.Rank).Select(axis => Quantile.Of(grid.Extents.Select(extent => (double)extent[axis]), 0.5).ToString("0")));

    private static IEnumerable<T> TakeUntil<T>(this IEnumerable<T> items, Func<T, bool> isEnough)
    {
        foreach (T item in items)
        {
            yield return item;
            if (isEnough(item)) yield break;
        }
    }
}
