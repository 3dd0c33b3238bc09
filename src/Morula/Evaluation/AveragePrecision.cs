namespace Morula.Evaluation;

/// <summary>
/// Average precision as COCO defines it (Lin et al. 2014; pycocotools): predicted cells of all images ranked by score, precision made
/// monotone and read at 101 recalls. One class, no limit on the number of cells, no size ranges. Null without truth cells.
/// Equal scores keep the order of images, then labels: without scores the value depends on how cells are numbered.
/// </summary>
/// <param name="Mean">AP: mean over the overlap thresholds 0.50, 0.55, ... 0.95.</param>
/// <param name="At50">AP50: at overlap 0.50.</param>
/// <param name="At75">AP75: at overlap 0.75.</param>
public sealed record AveragePrecision(double? Mean, double? At50, double? At75)
{
    private const int RecallSteps = 100;
    private const double RecallStep = 0.01;

    /// <summary>Average precision over the images together.</summary>
    public static AveragePrecision Of(params IReadOnlyList<RankedDetections> images)
    {
        long truthCells = images.Sum(image => (long)image.TruthCells);
        if (truthCells == 0) return new AveragePrecision(null, null, null);
        (int Image, int Index)[] order = [.. images
            .SelectMany((image, number) => image.Scores.Select((score, index) => (Image: number, Index: index, Score: score)))
            .OrderByDescending(cell => cell.Score)
            .Select(cell => (cell.Image, cell.Index))];
        double[] values = [.. RankedDetections.Thresholds.Select((_, threshold) =>
            AtRecalls([.. order.Select(cell => images[cell.Image].RightAt(threshold)[cell.Index])], truthCells))];
        return new AveragePrecision(values.Average(), values[0], values[5]);
    }

    private static double AtRecalls(bool[] right, long truthCells)
    {
        var recall = new double[right.Length];
        var precision = new double[right.Length];
        int found = 0;
        for (int rank = 0; rank < right.Length; rank++)
        {
            if (right[rank]) found++;
            recall[rank] = (double)found / truthCells;
            precision[rank] = (double)found / (rank + 1);
        }

        for (int rank = right.Length - 2; rank >= 0; rank--) precision[rank] = Math.Max(precision[rank], precision[rank + 1]);
        double sum = 0;
        int position = 0;
        for (int step = 0; step <= RecallSteps; step++)
        {
            // A product, not a quotient: pycocotools compares with these very numbers, rounding included.
            while (position < right.Length && recall[position] < step * RecallStep) position++;
            if (position < right.Length) sum += precision[position];
        }

        return sum / (RecallSteps + 1);
    }
}
