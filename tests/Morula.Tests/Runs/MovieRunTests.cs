using Morula.Formats;
using Morula.Linking;
using Morula.Options;
using Morula.Runs;
using Morula.Samples;
using Morula.Synthesis;
using Morula.Tests.Formats;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Runs;

public sealed class MovieRunTests : IDisposable
{
    private const int Frames = 6;
    private static readonly string[] Few = ["Model.Regions.ScoreThreshold=0.01", "Inference.Refinement.Enabled=false", "Inference.MaskThreshold=0.01", "Inference.Threads=1"];
    private readonly TemporaryFolder folder = new();
    private readonly int threadsBefore = get_num_threads();

    [Theory, InlineData(3), InlineData(4)]
    public void A_movie_becomes_labels_tables_and_a_lineage_that_agree(int rank)
    {
        Synthesise();
        MovieOutcome outcome = Predict(rank, "found");
        Assert.True(outcome.Cells > 0);
        Assert.Equal(0, outcome.Skipped);
        TrackedMovie movie = TrackedMovie.Open(folder["found"]);
        Assert.Equal(outcome.Lineage.Tracks, movie.Lineage.Tracks);
        for (int frame = 0; frame < Frames; frame++)
        {
            int[] labels = [.. movie.Labels.ReadLabels(frame).Cells().Select(cell => cell.Label)];
            Assert.All(labels, label => Assert.True(movie.Lineage[label].Spans(frame)));
            Assert.Equal(labels, CommaTable.Read(folder[$"found/cells/t{frame:000}.cells.csv"]).Lines.Select(line => int.Parse(line.Values[0])));
        }

        Assert.False(Directory.Exists(folder["found/parts"]));
    }

    [Theory, InlineData(3), InlineData(4)]
    public void A_run_that_was_stopped_goes_on_to_the_very_same_files(int rank)
    {
        Synthesise();
        Predict(rank, "whole");
        for (int windows = 1; windows < Frames - 2; windows += 2)
        {
            using var stop = new CancellationTokenSource();
            Assert.ThrowsAny<OperationCanceledException>(() => Predict(rank, "stopped", new Stopper(windows, stop), stop));
        }

        Assert.True(Predict(rank, "stopped").Skipped > 0);
        string[] files = [.. Directory.EnumerateFiles(folder["whole"], "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder["whole"], path)).Order(StringComparer.Ordinal)];
        Assert.Equal(2 + (2 * Frames), files.Length);
        Assert.Equal(files, Directory.EnumerateFiles(folder["stopped"], "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder["stopped"], path)).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(folder[$"whole/{file}"]), File.ReadAllBytes(folder[$"stopped/{file}"])));
    }

    [Fact]
    public void A_shorter_movie_leaves_no_frame_of_a_longer_one()
    {
        Synthesise();
        Predict(3, "found");
        File.WriteAllText(folder["found/labels/mine.tif"], "another's file");
        using var run = new PredictionRun(TinyCheckpoint.In(folder, 3), Few);
        new MovieRun(run, new ExactLinkSolver()).Predict(FrameSequence.Open(folder["movie/raw"], last: 2), folder["found"], cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(["t000.cells.csv", "t001.cells.csv", "t002.cells.csv"], Directory.GetFiles(folder["found/cells"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(["mine.tif", "t000.tif", "t001.tif", "t002.tif"], Directory.GetFiles(folder["found/labels"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Parts_of_another_run_are_not_gone_on_with()
    {
        Synthesise();
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Predict(3, "stopped", new Stopper(1, stop), stop));
        Assert.Contains("was begun with", Assert.Throws<OptionsException>(() => Predict(3, "stopped", overrides: "Inference.MaskThreshold=0.4")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cells_of_a_table_are_renamed_with_their_neighbours()
    {
        File.WriteAllText(folder["old.csv"], "id,score,neighbours,contact_um2\n1,0.9,2;3,5;6\n2,0.8,1,5\n3,0.7,1,6\n");
        RenamedCells.Write(folder["old.csv"], folder["new.csv"], new Dictionary<int, int> { [1] = 8, [2] = 0, [3] = 4 });
        Assert.Equal("id,score,neighbours,contact_um2\n4,0.7,8,6\n8,0.9,4,6\n", File.ReadAllText(folder["new.csv"]));
    }

    public void Dispose()
    {
        set_num_threads(threadsBefore);
        folder.Dispose();
    }

    private void Synthesise()
    {
        EmbryoOptions embryo = EmbryoOptions.Easy with { Extent = [16, 20, 20], SpacingMicrometres = [1, 1, 1], CellCount = 4 };
        SyntheticDataSet.WriteMovie(folder["movie"], new EmbryoMovieOptions { Embryo = embryo, Frames = Frames, DivisionRate = 0.1 }, 3);
    }

    private MovieOutcome Predict(int rank, string into, IProgress<MovieProgress>? progress = null, CancellationTokenSource? stop = null, params string[] overrides)
    {
        using var run = new PredictionRun(TinyCheckpoint.In(folder, rank), [.. Few, .. overrides]);
        return new MovieRun(run, new ExactLinkSolver()).Predict(FrameSequence.Open(folder["movie/raw"]), folder[into], progress, stop?.Token ?? TestContext.Current.CancellationToken);
    }

    /// <summary>Asks to stop once so many windows are done in this run.</summary>
    private sealed class Stopper(int windows, CancellationTokenSource stop) : IProgress<MovieProgress>
    {
        private int reports;

        public void Report(MovieProgress value)
        {
            if (reports++ == windows) stop.Cancel();
        }
    }
}
