using System.Diagnostics;
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
        string folder = Path.GetDirectoryName(RealData.Require("celegans", "tracks.csv"))!;
        TrackedMovie truth = TrackedMovie.Open(folder, 24, 53);
        var options = new LinkOptions();
        var watch = Stopwatch.StartNew();
        var movie = new ShuffledMovie(Enumerable.Range(0, truth.Labels.Count).Select(truth.Labels.ReadLabels), truth.Labels.Numbers, truth.Lineage, 1, options);
        output.WriteLine($"looked in {watch.Elapsed.TotalSeconds:0.0} s");
        LinkScore score = Score(movie, options);
        output.WriteLine(score.ToString());
        LinkOptions learnt = LinkFit.Learn(truth, options, null, TestContext.Current.CancellationToken);
        output.WriteLine(OptionsFile.Write(learnt));
        output.WriteLine(Score(movie, learnt).ToString());
        foreach (var (name, lineage) in new[] { ("truth", truth) })
        {
            MovieCells cells = MovieCells.Look(truth.Labels, options, null, TestContext.Current.CancellationToken);
            LinkExamples ex = LinkExamples.Of(cells, lineage.Lineage);
            foreach (var d in ex.Divisions) output.WriteLine($"{name} div {d}");
            foreach (var d in ex.Links.Where(l => l.Step > 0.4 || Math.Abs(l.VolumeChange) > 0.3 || l.Overlap < 0.5)) output.WriteLine($"{name} link {d}");
            foreach (var f in cells.Frames) output.WriteLine($"{f.Number} {f.Cells.Count} drift {string.Join(' ', f.Drift.Select(d => d.ToString("0.00")))} r {f.Cells.Average(c => c.Radius):0.0} border {f.Cells.Count(c => c.AtBorder)}");
        }

        foreach (string line in LinkScore.Wrong(movie, Linker.Link(movie.Cells, options, new ExactLinkSolver(), null, TestContext.Current.CancellationToken))) output.WriteLine(line);
        Assert.True(score.LinksFound > 0.9, score.ToString());
    }

    private static LinkScore Score(ShuffledMovie movie, LinkOptions options) =>
        LinkScore.Of(movie, Linker.Link(movie.Cells, options, new ExactLinkSolver(), null, TestContext.Current.CancellationToken));
}
