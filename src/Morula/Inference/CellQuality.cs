using Morula.Measuring;
using Morula.Volumes;

namespace Morula.Inference;

/// <summary>
/// Foretells the overlap (IoU) of every cell with its true cell from what the table of cells knows: a logistic regression for a share (Papke and
/// Wooldridge 1996). Cells with low numbers are those to look at first.
/// </summary>
public static class CellQuality
{
    /// <summary>
    /// What is looked at, in the order of <see cref="QualityOptions.Weights"/>: 1; log odds of the score; whether the box reaches a side of the image; logarithm of the
    /// volume over the median of the image, and its square; logarithm of the volume over the median of the neighbours; surface of the ball of this volume over
    /// that of the cell; share of the surface that touches other cells.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } =
        ["constant", "score", "at a side", "size", "size squared", "size among neighbours", "roundness", "contact"];

    private const double SurestOdds = 1e-4;

    /// <summary>The table with <see cref="CellRow.PredictedOverlap"/> in every row; as it was where nothing was fitted.</summary>
    /// <param name="table">All cells of an image.</param>
    /// <param name="image">Sizes of the image.</param>
    /// <param name="options">The fitted weights.</param>
    public static CellTable Foretell(CellTable table, Extent image, QualityOptions options)
    {
        if (options.Weights.Length == 0) return table;
        double[][] seen = Features(table, image);
        return table with { Rows = [.. table.Rows.Select((row, index) => row with { PredictedOverlap = Overlap(seen[index], options.Weights) })] };
    }

    /// <summary>The overlap that weights foretell, in (0, 1).</summary>
    internal static double Overlap(double[] features, double[] weights)
    {
        double sum = 0;
        for (int index = 0; index < weights.Length; index++) sum += features[index] * weights[index];
        return 1 / (1 + Math.Exp(-sum));
    }

    /// <summary>What is known of every cell: a row of numbers in the order of <see cref="Names"/>.</summary>
    internal static double[][] Features(CellTable table, Extent image)
    {
        if (table.Rows.Count == 0) return [];
        Dictionary<int, double> volumes = table.Rows.ToDictionary(row => row.Label, row => row.Volume);
        double typical = Median.Of(volumes.Values);
        return [.. table.Rows.Select(row => FeaturesOf(row, image, typical, Median.Of(row.Contacts.Select(contact => volumes.GetValueOrDefault(contact.Label, row.Volume)).DefaultIfEmpty(row.Volume))))];
    }

    private static double[] FeaturesOf(CellRow row, Extent image, double typical, double around)
    {
        double score = Math.Clamp(row.Score, SurestOdds, 1 - SurestOdds);
        double size = Math.Log(row.Volume / typical);
        return
        [
            1, Math.Log(score / (1 - score)), ReachesSide(row.Box, image) ? 1 : 0, size, size * size, Math.Log(row.Volume / around),
            row.Surface > 0 ? Math.Min(2, SurfaceOfBall(row.Volume, SpatialAxes.Count(image.Rank)) / row.Surface) : 1,
            row.Surface > 0 ? Math.Min(1, row.Contacts.Sum(contact => contact.Area) / row.Surface) : 0,
        ];
    }

    private static bool ReachesSide(Block box, Extent image)
    {
        for (int axis = SpatialAxes.First(image.Rank); axis < image.Rank; axis++)
        {
            if (box.Lower[axis] == 0 || box.Upper[axis] == image[axis]) return true;
        }

        return false;
    }

    // In the plane a volume is an area and a surface an outline.
    private static double SurfaceOfBall(double volume, int axes) =>
        axes == 2 ? 2 * Math.Sqrt(Math.PI * volume) : Math.Cbrt(Math.PI) * Math.Pow(6 * volume, 2.0 / 3);
}
