using Morula.Evaluation;
using Xunit;

namespace Morula.Tests.Evaluation;

public sealed class LinkErrorTests
{
    private static readonly ToyMovie Truth = ToyMovie.Draw(["1111.44", "1111.44", "2233.44", "2233.44"], (2, 1), (3, 1));

    [Fact]
    public void A_movie_that_is_right_has_none() => Assert.Empty(Truth.Against(Truth).LinkErrors);

    [Fact]
    public void A_cell_that_is_missed_in_a_frame_lacks_its_links_there_and_has_one_across()
    {
        ToyMovie found = ToyMovie.Draw(["1111.44", "1111...", "2233.44", "2233.44"], (2, 1), (3, 1));
        Assert.Equal(
            [new LinkError(LinkFault.Missing, 0, 1, 4, 4, false), new LinkError(LinkFault.Missing, 1, 2, 4, 4, false), new LinkError(LinkFault.Extra, 0, 2, 4, 4, false)],
            found.Against(Truth).LinkErrors);
    }

    [Fact]
    public void Tracks_that_change_places_have_missing_and_extra_links()
    {
        ToyMovie found = ToyMovie.Draw(["1111.44", "1111.44", "2233.44", "2244.33"], (2, 1), (3, 1));
        Assert.Equal(
            [
                new LinkError(LinkFault.Missing, 2, 3, 3, 3, false), new LinkError(LinkFault.Missing, 2, 3, 4, 4, false),
                new LinkError(LinkFault.Extra, 2, 3, 3, 3, false), new LinkError(LinkFault.Extra, 2, 3, 4, 4, false),
            ],
            found.Against(Truth).LinkErrors);
    }

    [Fact]
    public void A_daughter_that_keeps_the_label_of_her_mother_is_a_wrong_link()
    {
        ToyMovie found = ToyMovie.Draw(["1111.44", "1111.44", "1133.44", "1133.44"]);
        TrackingScores scores = found.Against(Truth);
        Assert.Equal([new LinkError(LinkFault.Missing, 1, 2, 1, 3, true), new LinkError(LinkFault.Wrong, 1, 2, 1, 1, false)], scores.LinkErrors);
        Assert.Equal((1, 0, 1), (scores.Graph.MissingLinks, scores.Graph.ExtraLinks, scores.Graph.WrongLinks));
    }
}
