using Morula.Formats;
using Morula.Linking;
using Morula.Options;
using Morula.Tracking;
using Xunit;

namespace Morula.Tests.Tracking;

/// <summary>A published embryo of C. elegans, whose labels are shuffled in every frame.</summary>
public sealed class RealLinkTests(ITestOutputHelper output)
{
    [Fact]
    public void Nearly_all_links_and_divisions_of_a_real_embryo_are_found()
    {
        TrackedMovie truth = RealMovie.Open(Path.GetDirectoryName(RealData.Require("celegans", "tracks.csv"))!);
        var options = new LinkOptions();
        var movie = new ShuffledMovie(RealMovie.Frames(truth), truth.Labels.Numbers, truth.Lineage, 1, options);
        LinkScore score = Score(movie, options);
        Assert.Equal(33, score.TrueDivisions);
        Assert.True(score.LinksFound > 0.99, score.ToString());
        Assert.True(score.RightDivisions >= 30 && score.FoundDivisions <= score.RightDivisions + 2, score.ToString());

        // What the movie itself teaches serves it as well.
        LinkOptions learnt = LinkFit.Learn(MovieCells.Look(RealMovie.Frames(truth), truth.Labels.Numbers, options), truth.Lineage, options);
        output.WriteLine(OptionsFile.Write(learnt));
        LinkScore again = Score(movie, learnt);
        Assert.True(again.LinksFound > 0.99 && again.RightDivisions >= 30, again.ToString());
    }

    private LinkScore Score(ShuffledMovie movie, LinkOptions options)
    {
        TrackedCells found = Linker.Link(movie.Cells, options, new ExactLinkSolver(), null, TestContext.Current.CancellationToken);
        LinkScore score = LinkScore.Of(movie, found);
        output.WriteLine(score.ToString());
        foreach (string line in LinkScore.Wrong(movie, found)) output.WriteLine(line);
        return score;
    }
}
