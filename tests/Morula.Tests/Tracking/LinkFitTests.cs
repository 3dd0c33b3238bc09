using Morula.Lineages;
using Morula.Options;
using Morula.Synthesis;
using Morula.Tracking;
using Xunit;

namespace Morula.Tests.Tracking;

public sealed class LinkFitTests
{
    [Fact]
    public void Costs_are_learnt_from_a_movie_whose_tracks_are_known()
    {
        LinkOptions calm = Learn(0.02, 0.02);
        LinkOptions lively = Learn(0.3, 0.08);
        Assert.InRange(calm.DivisionRate, 0.01, 0.035);
        Assert.InRange(lively.DivisionRate, 0.05, 0.11);
        Assert.Equal(new LinkOptions().StepSpread, calm.StepSpread);
        Assert.True(lively.StepSpread > 1.1 * calm.StepSpread, $"{lively.StepSpread} {calm.StepSpread}");
        Assert.InRange(calm.DaughterDistance, 0.4, 1.4);
        Assert.Equal(new LinkOptions().AppearanceRate, calm.AppearanceRate);
        foreach (LinkOptions learnt in new[] { calm, lively }) Assert.Equal(learnt, OptionsFile.Parse<LinkOptions>(OptionsFile.Write(learnt), "learnt", []));
    }

    [Fact]
    public void Nothing_to_learn_from_changes_nothing_much()
    {
        var start = new LinkOptions();
        MovieCells movie = MovieCells.Look([new(new(4, 4, 4), Morula.Volumes.Spacing.Unit(3))], [0], start);
        LinkOptions learnt = LinkFit.Learn(movie, Lineage.Empty, start);
        Assert.Equal(start.StepSpread, learnt.StepSpread, 1e-6);
        Assert.Equal(start.OverlapWeight, learnt.OverlapWeight, 1e-6);
        Assert.Equal(start.DivisionRate, learnt.DivisionRate, 1e-6);
    }

    private static LinkOptions Learn(double drift, double divisions)
    {
        EmbryoMovie movie = EmbryoMovie.Create(
            new EmbryoMovieOptions { Embryo = new EmbryoOptions { Extent = [40, 40, 40], CellCount = 16, Relaxation = 10 }, Frames = 16, DivisionRate = divisions, Drift = drift }, new Random(3));
        var options = new LinkOptions();
        return LinkFit.Learn(MovieCells.Look(movie.Frames().Select(frame => frame.Labels), [.. Enumerable.Range(0, movie.FrameCount)], options), new Lineage(movie.Tracks), options);
    }
}
