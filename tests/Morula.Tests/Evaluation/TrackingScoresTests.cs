using Morula.Evaluation;
using Xunit;

namespace Morula.Tests.Evaluation;

/// <summary>One mistake at a time, in a movie of four frames: 10 cells (10 points each) and 8 links (1.5 points each).</summary>
public sealed class TrackingScoresTests
{
    private const double AllWork = 112;
    private const double LinkWork = 12;

    private static readonly (int, int)[] Family = [(2, 1), (3, 1)];

    private static readonly ToyMovie Truth = ToyMovie.Draw(["1111.44", "1111.44", "2233.44", "2233.44"], Family);

    [Fact]
    public void Nothing_wrong()
    {
        TrackingScores scores = Truth.Against(Truth);
        Assert.Equal(new GraphScores(new TrackingChallengeScores(10, 10, 0, 0, 0), 8, 0, 0, 0), scores.Graph);
        Assert.Equal((1, 1, 1), (scores.Graph.Tra, scores.Graph.Lnk, scores.Graph.Det));
        Assert.Equal(new TrackScores(4, 4, 4, 4, 4), scores.Tracks);
        Assert.Equal(1, scores.Divisions.Within(0));
        Assert.Null(scores.CellCycles.Accuracy);
        Assert.Equal(new LineageScores(4, 2, 2), scores.WholeLineages);
        Assert.Null(scores.Table["lineage accuracy@5"]);
    }

    [Fact]
    public void A_missed_cell_costs_itself_and_two_links_and_the_link_over_the_gap_is_extra()
    {
        TrackingScores scores = ToyMovie.Draw(["1111.44", "1111...", "2233.44", "2233.44"], Family).Against(Truth, Lengths(1, 2));
        AssertWork(scores, cells: 10, links: (2 * 1.5) + 1);
        Assert.Equal(new TrackScores(4, 4, 3, 4, 3.5), scores.Tracks);
        Assert.Equal([new LineageScores(1, 10, 9), new LineageScores(2, 7, 5)], scores.Lineages);
        Assert.Equal(new LineageScores(4, 2, 1), scores.WholeLineages);
    }

    [Fact]
    public void An_extra_cell_costs_one()
    {
        TrackingScores scores = ToyMovie.Draw(["1111.44", "1111.44", "2233.44", "2233544"], Family).Against(Truth);
        AssertWork(scores, cells: 1, links: 0);
        Assert.Equal(new TrackScores(4, 5, 4, 4, 4), scores.Tracks);
        Assert.Equal(8.0 / 9, scores.Table["CT"]);
        Assert.Equal(1, scores.Table["lineage accuracy@movie"]);
    }

    [Fact]
    public void Two_cells_in_one_cost_a_split_and_the_links_to_them()
    {
        TrackingScores scores = ToyMovie.Draw(["1111.44", "1111.44", "2233.44", "2222.44"], Family).Against(Truth);
        AssertWork(scores, cells: 5, links: 2 * 1.5);
        Assert.Equal(new TrackScores(4, 4, 2, 4, 3), scores.Tracks);
        Assert.Equal(1, scores.Divisions.Within(0));
    }

    [Fact]
    public void A_track_that_goes_on_under_another_id_costs_a_link()
    {
        TrackingScores scores = ToyMovie.Draw(["1111.44", "1111.44", "2233.55", "2233.55"], Family).Against(Truth, Lengths(2, 3));
        AssertWork(scores, cells: 0, links: 1.5);
        Assert.Equal(new TrackScores(4, 5, 3, 4, 3.5), scores.Tracks);
        Assert.Equal([new LineageScores(2, 7, 6), new LineageScores(3, 4, 2)], scores.Lineages);
    }

    [Fact]
    public void A_daughter_alone_where_there_is_no_birth_is_a_wrong_link()
    {
        TrackingScores scores = ToyMovie.Draw(["1111.44", "1111.44", "2233.55", "2233.55"], [.. Family, (5, 4)]).Against(Truth);
        AssertWork(scores, cells: 0, links: 1);
        Assert.Equal(1, scores.Graph.WrongLinks);
        Assert.Equal((1, 1), (scores.Divisions.TrueDivisions, scores.Divisions.FoundDivisions));
    }

    [Fact]
    public void Daughters_who_change_places_cost_two_links_twice()
    {
        TrackingScores scores = ToyMovie.Draw(["1111.44", "1111.44", "2233.44", "3322.44"], Family).Against(Truth);
        AssertWork(scores, cells: 0, links: (2 * 1.5) + 2);
        Assert.Equal(new TrackScores(4, 4, 2, 4, 3), scores.Tracks);
        Assert.Equal(1, scores.Divisions.Within(0));
    }

    [Fact]
    public void Daughters_without_a_mother_are_no_division()
    {
        TrackingScores scores = ToyMovie.Draw(["1111.44", "1111.44", "2233.44", "2233.44"]).Against(Truth);
        AssertWork(scores, cells: 0, links: 2 * 1.5);
        Assert.Equal(4, scores.Tracks.RightTracks);
        Assert.Equal(0, scores.Divisions.Within(3));
    }

    [Fact]
    public void A_late_division_is_right_within_its_delay()
    {
        TrackingScores scores = ToyMovie.Draw(["1111.44", "1111.44", "1111.44", "2233.44"], Family).Against(Truth);
        AssertWork(scores, cells: 5, links: 4 * 1.5);
        Assert.Equal([0, 1, 1, 1], scores.Divisions.RightWithin);
    }

    [Fact]
    public void An_early_division_is_right_within_its_advance()
    {
        TrackingScores scores = ToyMovie.Draw(["1111.44", "2223.44", "2233.44", "2233.44"], Family).Against(Truth);
        Assert.Equal([0, 1, 1, 1], scores.Divisions.RightWithin);
    }

    [Fact]
    public void A_division_into_more_daughters_is_another_division()
    {
        TrackingScores scores = ToyMovie.Draw(["1111.44", "1111.44", "2233544", "2233.44"], [.. Family, (5, 1)]).Against(Truth);
        Assert.Equal(0, scores.Divisions.Within(3));
        Assert.Equal(0, scores.Lineages.Count(lineages => lineages.Accuracy == 1));
        Assert.Equal(new LineageScores(4, 2, 1), scores.WholeLineages);
    }

    [Fact]
    public void A_cell_followed_beyond_its_end_is_not_followed_right()
    {
        ToyMovie truth = ToyMovie.Draw(["1.", "1.", ".."]);
        TrackingScores scores = ToyMovie.Draw(["1.", "1.", "1."]).Against(truth, Lengths(2));
        Assert.Equal((1, 0, 0), (scores.Graph.Cells.Extra, scores.Graph.ExtraLinks, scores.Graph.MissingLinks));
        Assert.Equal([new LineageScores(2, 2, 1)], scores.Lineages);
        Assert.Equal(0, scores.Tracks.CompleteTracks);
        Assert.Equal(1, scores.Tracks.TrackFractions);
    }

    [Fact]
    public void A_gap_of_the_truth_is_right_where_it_is_found()
    {
        ToyMovie truth = ToyMovie.Draw(["1", ".", "1", "1"]);
        Assert.All(truth.Against(truth).Rows.Where(row => row.Name is "TRA" or "LNK" or "CT" or "TF" or "lineage accuracy@movie"), row => Assert.Equal(1, row.Value));
        TrackingScores filled = ToyMovie.Draw(["1", "1", "1", "1"]).Against(truth);
        Assert.Equal((1, 1, 0), (filled.Graph.Cells.Extra, filled.Graph.MissingLinks, filled.Graph.ExtraLinks));
    }

    [Fact]
    public void Lengths_of_complete_cycles_are_compared_as_distributions()
    {
        Assert.Equal(2.0 / 3, new CellCycleScores([2, 2, 3], [2, 3, 3]).Accuracy!.Value, 1e-12);
        Assert.Equal(0, new CellCycleScores([2], []).Accuracy);
        Assert.Null(new CellCycleScores([], [2]).Accuracy);
        ToyMovie truth = ToyMovie.Draw(["1111", "2233", "2233", "4533"], (2, 1), (3, 1), (4, 2), (5, 2));
        Assert.Equal([2], truth.Against(truth).CellCycles.TrueLengths);
    }

    [Fact]
    public void Work_is_never_counted_beyond_that_of_a_new_beginning()
    {
        ToyMovie truth = ToyMovie.Draw(["1.......", "1......."]);
        TrackingScores scores = ToyMovie.Draw([".2345678", ".2345678"]).Against(truth);
        Assert.Equal((0, 0, 0), (scores.Graph.Det, scores.Graph.Tra, scores.Graph.Lnk));
        Assert.Equal(0, scores.Tracks.CompleteTracks);
        Assert.Null(scores.Tracks.TrackFractions);
    }

    [Fact]
    public void Scores_of_nothing_are_undefined()
    {
        ToyMovie nothing = ToyMovie.Draw(["..", ".."]);
        ToyMovie something = ToyMovie.Draw(["11", "11"]);
        Assert.All(nothing.Against(nothing).Rows.Where(row => !row.IsCount), row => Assert.Null(row.Value));
        ScoreTable nothingFound = nothing.Against(something).Table;
        Assert.All(["DET", "TRA", "LNK", "CT", "lineage accuracy@movie"], name => Assert.Equal(0, nothingFound[name]));
        Assert.All(["TF", "BC(0)", "CCA"], name => Assert.Null(nothingFound[name]));
        ScoreTable nothingTrue = something.Against(nothing).Table;
        Assert.All(["DET", "TRA", "LNK", "TF", "lineage accuracy@movie"], name => Assert.Null(nothingTrue[name]));
        Assert.Equal(0, nothingTrue["CT"]);
    }

    [Fact]
    public void Names_are_unique() =>
        Assert.Equal(Truth.Against(Truth).Table.Count, Truth.Against(Truth).Table.Select(row => row.Name).Distinct().Count());

    private static TrackingEvaluationOptions Lengths(params int[] frames) => new() { LineageFrames = frames };

    private static void AssertWork(TrackingScores scores, double cells, double links)
    {
        Assert.Equal(1 - (cells / 100), scores.Graph.Det!.Value, 1e-12);
        Assert.Equal(1 - (links / LinkWork), scores.Graph.Lnk!.Value, 1e-12);
        Assert.Equal(1 - ((cells + links) / AllWork), scores.Graph.Tra!.Value, 1e-12);
    }
}
