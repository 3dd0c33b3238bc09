using Morula.Geometry;
using Morula.Proposals;
using Morula.Training;

namespace Morula.Fitting;

/// <summary>The rule that anchors are fitted by.</summary>
internal static class AnchorAdvice
{
    private const double LearnedShare = 0.75;
    private const double ClearGain = 0.02;
    private const double ClearGainInOne = 0.1;

    public static IEnumerable<Advice> Of(Survey survey, MorulaOptions options)
    {
        var grid = new WorkingGrid(survey, options.Samples);
        double[][][] images = [.. survey.Images.Select(image => grid.Shapes(image).ToArray())];
        var (fitted, measured) = Divide(images);
        int count = options.Model.Proposals.AnchorLevels * options.Model.Proposals.AnchorsPerLevel;
        double[][] cubes = [.. AnchorShapes.Scale(fitted, count).Select(side => Enumerable.Repeat(side[0], fitted[0].Length).ToArray())];
        double scale = ShapeOverlap.MeanBest(measured, cubes);
        double medoids = ShapeOverlap.MeanBest(measured, AnchorShapes.Medoids(fitted, count, new Random(options.Training.Seed)));
        AnchorRule rule = medoids > scale + (images.Length > 1 ? ClearGain : ClearGainInOne) ? AnchorRule.Medoids : AnchorRule.Scale;
        string where = images.Length == 1 ? "fitted to every second cell of the one image and measured on the others" : "fitted to the first three quarters of the images looked at and measured on the rest";
        yield return new Advice(
            "Model.Proposals.AnchorFit", $"\"{rule}\"",
            $"mean best overlap of {count} anchors with the cells: Medoids {medoids:0.00}, Scale {scale:0.00} ({where})");
        if (options.Model.Proposals.Anchors.Count > 0)
            yield return new Advice("Model.Proposals.Anchors", "[]", $"the anchors of the preset {options.Preset} are made for other cells; an empty list has them fitted to these");
    }

    // Later images are held back, since in a movie their cells are smaller; of one image every second cell.
    private static (double[][] Fitted, double[][] Measured) Divide(double[][][] images)
    {
        int learned = Math.Max(1, (int)(LearnedShare * images.Length));
        if (images.Length > 1) return ([.. images.Take(learned).SelectMany(shapes => shapes)], [.. images.Skip(learned).SelectMany(shapes => shapes)]);
        double[][] all = images[0];
        return all.Length == 1 ? (all, all) : ([.. all.Where((_, index) => index % 2 == 0)], [.. all.Where((_, index) => index % 2 == 1)]);
    }
}
