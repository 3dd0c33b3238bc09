using Morula.Geometry;
using Morula.Model;
using Morula.Proposals;
using Morula.Samples;
using Morula.Synthesis;
using Morula.Tests.Formats;
using Morula.Training;
using Xunit;

namespace Morula.Tests.Training;

public sealed class AnchorFitTests
{
    [Theory]
    [InlineData(AnchorRule.Scale), InlineData(AnchorRule.Medoids)]
    public void Levels_hold_as_many_anchors_as_asked_for_smallest_first(AnchorRule rule)
    {
        using var folder = new TemporaryFolder();
        var (store, pairs) = Toys(folder);
        ProposalOptions asked = Presets.Lean.Model.Proposals with { AnchorFit = rule, AnchorLevels = 2, AnchorsPerLevel = 4 };
        var anchors = AnchorFit.Apply(Presets.Lean.Model with { Proposals = asked }, store, pairs, 1).Proposals.Anchors;
        Assert.Equal([4, 4], anchors.Select(level => level.Count));
        double[] sides = [.. anchors.SelectMany(level => level).Select(anchor => AnchorShapes.Side([.. anchor]))];
        Assert.Equal(sides.Order(), sides);
        Assert.All(anchors.SelectMany(level => level), anchor => Assert.Equal(rule == AnchorRule.Scale ? 1 : 3, anchor.Count));
        ProposalOptions deeper = asked with { AnchorLevels = 9 };
        Assert.Equal(2, AnchorFit.Apply(Presets.Lean.Model with { Proposals = deeper }, store, pairs, 1).Proposals.Anchors.Count);
    }

    [Fact]
    public void Listed_anchors_stay()
    {
        using var folder = new TemporaryFolder();
        var (store, pairs) = Toys(folder);
        ModelOptions listed = Presets.Lean.Model with { Proposals = new ProposalOptions { Anchors = [[[8]]] } };
        Assert.Same(listed, AnchorFit.Apply(listed, store, pairs, 1));
    }

    [Fact]
    public void Medoids_fit_toys_better_than_cubes()
    {
        using var folder = new TemporaryFolder();
        var (store, pairs) = Toys(folder);
        var (scale, medoids) = MeanBest(AnchorFit.Shapes(store, pairs), AnchorFit.Shapes(store, pairs));
        Assert.True(medoids > scale, $"{medoids:0.000} against {scale:0.000}");
    }

    [Fact]
    public void Medoids_fit_real_cells_better_than_cubes()
    {
        string path = RealData.Require("celegans", "labels", "t024.tif");
        var store = new ImageStore(new SampleOptions { Spacing = [0.45] });
        DataSet data = DataSet.Open(Path.GetDirectoryName(Path.GetDirectoryName(path))!);
        Pair[] pairs = [.. data.Pairs.Where(pair => pair.Name is "t024" or "t030" or "t036")];
        var shapes = AnchorFit.Shapes(store, pairs);
        var (scale, medoids) = MeanBest(shapes, shapes);
        Assert.True(medoids > scale, $"{medoids:0.000} against {scale:0.000}");
    }

    [Fact]
    public void Fewer_shapes_than_anchors_repeat_the_largest()
    {
        double[][] anchors = AnchorShapes.Medoids([[8, 9, 10], [4, 5, 6]], 6, new Random(1));
        Assert.Equal(6, anchors.Length);
        Assert.Equal([4, 5, 6], anchors[0]);
        Assert.All(anchors[1..], anchor => Assert.Equal([8, 9, 10], anchor));
    }

    /// <summary>Mean best overlap with six anchors by either rule, fitted to some shapes and measured on others.</summary>
    internal static (double Scale, double Medoids) MeanBest(IReadOnlyList<double[]> fitted, IReadOnlyList<double[]> measured)
    {
        int axes = fitted[0].Length;
        double[][] cubes = [.. AnchorShapes.Scale(fitted, 6).Select(side => Enumerable.Repeat(side[0], axes).ToArray())];
        return (ShapeOverlap.MeanBest(measured, cubes), ShapeOverlap.MeanBest(measured, AnchorShapes.Medoids(fitted, 6, new Random(1))));
    }

    private static (ImageStore Store, IReadOnlyList<Pair> Pairs) Toys(TemporaryFolder folder)
    {
        string path = folder["toys"];
        SyntheticDataSet.WriteToys(path, new ToyOptions { Size = 48, LeastObjects = 6, MostObjects = 8 }, 4, 1);
        return (new ImageStore(new SampleOptions()), DataSet.Open(path).Pairs);
    }
}
