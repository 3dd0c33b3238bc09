using Morula.Inference;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Inference;

/// <summary>What is looked at to foretell the quality of cells, against numbers worked out by hand.</summary>
public sealed class CellQualityTests
{
    private static readonly double[] Weights = [0.5, 0.25, -1, 2, -3, 0.1, 1.5, 0.75];

    [Fact]
    public void A_row_is_seen_as_its_numbers_say()
    {
        var table = new CellTable(3, [
            Row(1, 0.9f, 8, [(2, 3), (3, 3)], lower: 0),
            Row(2, 0.5f, 4, [(1, 3)], lower: 2),
            Row(3, 1f, 2, [(1, 3)], lower: 2),
        ]);
        double[][] seen = CellQuality.Features(table, new Extent(9, 9, 9));
        double ball = Math.Cbrt(36 * Math.PI) * Math.Pow(8, 2.0 / 3);
        Same([1, Math.Log(9), 1, Math.Log(2), Math.Log(2) * Math.Log(2), Math.Log(8 / 3.0), ball / 24, 6 / 24.0], seen[0], 1e-5);
        Same([1, 0, 0, 0, 0, Math.Log(0.5)], seen[1][..6], 1e-12);
        Assert.Equal(Math.Log(9999), seen[2][1], 1e-9);
    }

    [Fact]
    public void A_flat_image_has_areas_and_outlines()
    {
        var disc = new CellRow(1, 0.5f, 1, [4, 4], Math.PI * 9, Math.PI * 6, new Block([1, 1], [7, 7]), []);
        double[] seen = CellQuality.Features(new CellTable(2, [disc]), new Extent(8, 8))[0];
        Same([1, 0, 0, 0, 0, 0, 1, 0], seen, 1e-9);
    }

    [Fact]
    public void Time_has_no_sides()
    {
        var cell = new CellRow(1, 0.5f, 1, [0, 4, 4, 4], 9, 30, new Block([0, 1, 1, 1], [3, 7, 7, 7]), []);
        Assert.Equal(0, CellQuality.Features(new CellTable(4, [cell]), new Extent(3, 8, 8, 8))[0][2]);
    }

    [Fact]
    public void The_column_is_there_once_weights_are()
    {
        var table = new CellTable(3, [Row(1, 0.9f, 8, [(2, 3)], lower: 0), Row(2, 0.5f, 4, [(1, 3)], lower: 2)]);
        Assert.Same(table, CellQuality.Foretell(table, new Extent(9, 9, 9), new QualityOptions()));
        CellTable foretold = CellQuality.Foretell(table, new Extent(9, 9, 9), new QualityOptions { Weights = Weights });
        double sum = CellQuality.Features(table, new Extent(9, 9, 9))[1].Zip(Weights, (seen, weight) => seen * weight).Sum();
        Assert.Equal(1 / (1 + Math.Exp(-sum)), foretold.Rows[1].PredictedOverlap!.Value, 1e-12);
        string[] lines = CellTableFile.Text(foretold).Split('\n');
        Assert.StartsWith("id,score,predicted_iou,class,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith(FormattableString.Invariant($"2,0.5,{foretold.Rows[1].PredictedOverlap:0.####},1,"), lines[2], StringComparison.Ordinal);
        Assert.Equal(lines[0].Split(',').Length, lines[2].Split(',').Length);
    }

    private static CellRow Row(int label, float score, double volume, (int Label, double Area)[] contacts, int lower) => new(
        label, score, 1, [4, 4, 4], volume, 24, new Block([lower, 2, 2], [8, 8, 8]), [.. contacts.Select(one => new CellContact(one.Label, one.Area))]);

    private static void Same(double[] expected, double[] found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int index = 0; index < expected.Length; index++) Assert.Equal(expected[index], found[index], tolerance);
    }
}
