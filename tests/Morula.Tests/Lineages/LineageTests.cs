using Morula.Lineages;
using Xunit;

namespace Morula.Tests.Lineages;

public sealed class LineageTests
{
    private static readonly Track[] Family = [new(1, 0, 4, 0), new(2, 5, 9, 1), new(3, 5, 7, 1), new(4, 8, 9, 3)];

    [Fact]
    public void A_mother_of_two_divides_and_a_mother_of_one_goes_on()
    {
        var lineage = new Lineage(Family.Reverse());
        Assert.Equal([1, 2, 3, 4], lineage.Tracks.Select(track => track.Id));
        Assert.Equal([2, 3], lineage.DaughtersOf(1).Select(track => track.Id));
        Assert.Equal([1], lineage.Divisions.Select(track => track.Id));
        Assert.False(lineage.Divides(3));
    }

    [Fact]
    public void A_part_cuts_tracks_and_forgets_mothers_out_of_sight()
    {
        Lineage part = new Lineage(Family).Between(5, 7);
        Assert.Equal([new Track(2, 5, 7, 0), new Track(3, 5, 7, 0)], part.Tracks);
    }

    [Fact]
    public void Cells_seen_frame_by_frame_make_tracks() =>
        Assert.Equal([new Track(2, 3, 5, 0), new Track(7, 6, 6, 2)], Lineage.OfCells([(5, 2, 9), (3, 2, 9), (6, 7, 2)]).Tracks);

    [Theory]
    [InlineData("no positive id", 0, 0, 1, 0)]
    [InlineData("begins in frame 3 and ends in frame 2", 9, 3, 2, 0)]
    [InlineData("is there twice", 1, 0, 1, 0)]
    [InlineData("who does not exist", 9, 5, 6, 8)]
    [InlineData("lives until frame 4", 9, 4, 6, 1)]
    public void Contradictions_are_named(string expected, int id, int first, int last, int parent) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => new Lineage([.. Family, new Track(id, first, last, parent)])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_circle_of_mothers_is_named() =>
        Assert.Contains(
            "6 -> 7 -> 6 are their own ancestors",
            Assert.Throws<ArgumentException>(() => new Lineage([.. Family, new Track(5, 9, 9, 6), new Track(6, 1, 2, 7), new Track(7, 3, 4, 6)])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_mother_who_is_still_seen_when_a_daughter_begins_counts_as_unknown_and_is_noted()
    {
        Lineage mended = Lineage.OfCells([(1, 5, 0), (2, 5, 0), (2, 6, 5), (3, 7, 5)]);
        Assert.Equal([0, 0, 5], mended.Tracks.Select(track => track.ParentId));
        Assert.Contains("track 6 begins in frame 2 while its mother 5 is still seen", Assert.Single(mended.Between(1, 3).Repairs), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_mothers_of_one_cell_are_a_contradiction() =>
        Assert.Contains("has the mother 1 in one frame and 4 in frame 3", Assert.Throws<ArgumentException>(() => Lineage.OfCells([(2, 5, 1), (3, 5, 4)])).Message, StringComparison.Ordinal);
}
