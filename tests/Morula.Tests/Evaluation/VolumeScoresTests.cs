using CsCheck;
using Morula.Evaluation;
using Xunit;

namespace Morula.Tests.Evaluation;

public sealed class VolumeScoresTests
{
    [Fact]
    public void Agrees_with_the_definition() => LabelScenes.Pairs.Sample(scene =>
    {
        CellMatching matching = CellMatching.Match(Contingency.Count(scene.Truth, scene.Prediction), 0.5);
        VolumeScores scores = VolumeScores.Of(matching);
        double[] errors = [.. matching.Pairs.Select(pair =>
            (Slow.Size(scene.Prediction, Slow.Names(scene.Prediction)[pair.Predicted]) / (double)Slow.Size(scene.Truth, Slow.Names(scene.Truth)[pair.Truth])) - 1)];
        Assert.Equal(errors.Length == 0, scores.Error is null);
        if (errors.Length == 0) return;
        Assert.Equal(errors.Average(Math.Abs), scores.Error!.Value, 1e-9);
        Assert.Equal(errors.Average(), scores.Bias!.Value, 1e-9);
    }, iter: 200);
}
