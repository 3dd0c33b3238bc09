using Morula.Inference;
using Morula.Training;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Training;

/// <summary>The fit of foretold overlaps.</summary>
public sealed class QualityFitTests
{
    private static readonly Extent Image = new(100, 100, 100);

    [Fact]
    [NoTensorLeaks]
    public void The_weights_are_the_likeliest_that_the_penalty_leaves()
    {
        var fit = new QualityFit();
        var cells = new List<(double[] Seen, double Overlap)>();
        for (int image = 0; image < 6; image++)
        {
            var (table, overlaps) = Cells(image, 60);
            fit.Add(table, Image, overlaps);
            cells.AddRange(CellQuality.Features(table, Image).Select((seen, index) => (seen, overlaps[index + 1])));
        }

        // The likelihood is concave, so that a place without slope is its top.
        double[] weights = fit.Weights();
        for (int index = 0; index < weights.Length; index++)
        {
            double slope = cells.Sum(cell => cell.Seen[index] * (cell.Overlap - CellQuality.Overlap(cell.Seen, weights)));
            Assert.Equal(index == 0 ? 0 : weights[index], slope, 1e-3);
        }

        // The score decides in these images, the rest is chance.
        Assert.InRange(weights[1], 0.6, 1.2);
        IReadOnlyList<(float Score, double Foretold, double True)> judged = fit.Judge();
        Assert.Equal(360, judged.Count);
        double off = judged.Average(cell => Math.Abs(cell.Foretold - cell.True));
        double mean = cells.Average(cell => cell.Overlap);
        Assert.True(off < 0.5 * judged.Average(cell => Math.Abs(cell.True - mean)), $"off by {off}");
    }

    [Fact]
    public void Few_cells_teach_nothing()
    {
        var fit = new QualityFit();
        var (table, overlaps) = Cells(1, QualityFit.FewestCells - 1);
        fit.Add(table, Image, overlaps);
        Assert.Empty(fit.Weights());
        Assert.Empty(fit.Judge());
        Assert.Equal(QualityFit.FewestCells - 1, fit.Cells);
    }

    // Cells of random sizes whose overlap follows their score.
    private static (CellTable Table, Dictionary<int, double> Overlaps) Cells(int seed, int count)
    {
        var random = new Random(seed);
        var overlaps = new Dictionary<int, double>();
        var rows = new List<CellRow>();
        for (int label = 1; label <= count; label++)
        {
            double odds = (6 * random.NextDouble()) - 2;
            overlaps[label] = 1 / (1 + Math.Exp(0.5 - odds + (0.2 * random.NextDouble())));
            rows.Add(new CellRow(
                label, (float)(1 / (1 + Math.Exp(-odds))), 1, [50, 50, 50], 500 + (500 * random.NextDouble()), 500 + (100 * random.NextDouble()), new Block([5, 5, 5], [9, 9, 9]),
                [new CellContact(1 + random.Next(count), 300 * random.NextDouble())]));
        }

        return (new CellTable(3, rows), overlaps);
    }
}
