using CsCheck;
using Morula.Evaluation;
using Xunit;

namespace Morula.Tests.Evaluation;

public sealed class ContactGraphTests
{
    [Fact]
    public void Agrees_with_the_definition() => Gen.Select(LabelScenes.Pairs, Gen.Int[0, 3]).Sample((scene, gap) =>
    {
        var expected = Slow.Contacts(scene.Truth, gap);
        ContactGraph graph = ContactGraph.Find(scene.Truth, gap);
        Assert.Equal(expected.OrderBy(pair => pair.Key), graph.Faces.OrderBy(pair => pair.Key));
        Assert.Equal(
            expected.Where(pair => pair.Value >= 2).Select(pair => pair.Key).Order(),
            ContactGraph.Find(scene.Truth, gap, leastFaces: 2).Faces.Keys.Order());
    }, iter: 150);

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(1, 0, false)]
    [InlineData(1, 1, true)]
    [InlineData(2, 1, true)]
    [InlineData(3, 1, false)]
    [InlineData(3, 2, true)]
    public void A_growth_of_g_bridges_a_gap_of_two_g(int gap, int growth, bool touch)
    {
        int[] row = [1, .. new int[gap], 2];
        Assert.Equal(touch, ContactGraph.Find(LabelScenes.Of([1, row.Length], row), growth).Faces.ContainsKey((1, 2)));
    }

    [Fact]
    public void Cells_do_not_touch_through_another_cell() =>
        Assert.Equal([(1, 3), (2, 3)], ContactGraph.Find(LabelScenes.Of([1, 3], 1, 3, 2), 3).Faces.Keys.Order());

    [Fact]
    public void Cells_do_not_touch_across_time() =>
        Assert.Empty(ContactGraph.Find(LabelScenes.Of([2, 1, 1, 2], 1, 1, 2, 2), 1).Faces);

    [Fact]
    public void Predicted_contacts_are_right_where_their_truth_cells_touch() => LabelScenes.Pairs.Sample(scene =>
    {
        var (truth, prediction, _) = scene;
        CellMatching matching = CellMatching.Match(Contingency.Count(truth, prediction), 0.5);
        ContactScores scores = ContactScores.Of(ContactGraph.Find(truth, 0), ContactGraph.Find(prediction, 0), matching);
        int[] rows = Slow.Names(truth);
        int[] columns = Slow.Names(prediction);
        var truthOf = matching.Pairs.ToDictionary(pair => columns[pair.Predicted], pair => rows[pair.Truth]);
        var expected = Slow.Contacts(truth, 0).Keys.SelectMany(pair => new[] { pair, (pair.Item2, pair.Item1) }).ToHashSet();
        int right = Slow.Contacts(prediction, 0).Keys.Count(pair =>
            truthOf.ContainsKey(pair.Item1) && truthOf.ContainsKey(pair.Item2) && expected.Contains((truthOf[pair.Item1], truthOf[pair.Item2])));
        Assert.Equal(right, scores.RightContacts);
        Assert.Equal(expected.Count / 2, scores.TruthContacts);
    }, iter: 200);

    [Fact]
    public void Scores_are_null_without_contacts_and_zero_without_right_ones()
    {
        Assert.Null(new ContactScores(0, 0, 0).F1);
        Assert.Equal(0, new ContactScores(2, 0, 0).Precision);
        Assert.Equal(0.5, new ContactScores(5, 3, 2).F1);
    }
}
