using Morula.Formats;
using Morula.Inference;
using Morula.Measuring;
using Morula.Model;
using Morula.Options;
using Morula.Tracking;
using static TorchSharp.torch;

namespace Morula.Runs;

/// <summary>
/// A trained network applied to a movie: cells with one label along their track, and who descends from whom. A network of rank 3 finds
/// the cells of each frame, one of rank 4 sees frames in windows and tells who is who; then all are linked at once. Whatever is found is
/// written at once, and the memory is that of a window.
/// </summary>
/// <param name="run">The network.</param>
/// <param name="solver">Chooses the links.</param>
public sealed class MovieRun(PredictionRun run, ILinkSolver solver)
{
    /// <summary>Whether what was found stays in parts/, so that the cells can be linked anew with other options. Default false.</summary>
    public bool KeepsParts { get; init; }

    private bool HasTime => run.Options.Model.Rank == 4;

    /// <summary>Predicts a movie.</summary>
    /// <param name="movie">Its frames.</param>
    /// <param name="folder">Receives the results; what an earlier run left there is gone on with.</param>
    /// <param name="progress">Told of every window.</param>
    /// <param name="cancellation">Stops between tiles; what is found is kept.</param>
    /// <exception cref="VolumeFormatException">A frame cannot be read, or the frames differ in size.</exception>
    /// <exception cref="OptionsException">The folder holds a movie that was begun with something else.</exception>
    public MovieOutcome Predict(FrameSequence movie, string folder, IProgress<MovieProgress>? progress = null, CancellationToken cancellation = default)
    {
        movie.RequireOneSize();
        run.RequireImage(movie.PathOf(0));
        var parts = new MovieParts(folder);
        parts.Enter(Record(movie));
        var predictor = new Predictor(run.Network, run.Options.Samples, run.Options.Inference, CPU);
        MoviePredictor? through = HasTime ? new MoviePredictor(predictor, run.Options.Samples, run.Options.Inference) : null;
        var windows = through?.Plan(movie.Count) ?? MovieWindow.Plan(movie.Count, 1, 1);
        MovieWindow[] open = [.. windows.Where(window => !parts.IsDone(window, movie, HasTime))];
        int skipped = windows.Count - open.Length;
        progress?.Report(new MovieProgress(skipped, windows.Count, 0));
        int done = skipped;
        foreach (MovieWindow _ in (through is null ? Detect(open, movie, parts, predictor, cancellation) : Detect(open, movie, parts, through, cancellation)))
        {
            // Peaks of windows must not add up to that of a movie: what is free goes back to the system.
            ProcessMemory.Collect();
            progress?.Report(new MovieProgress(++done, windows.Count, 0));
        }

        FrameSequence found = FrameSequence.Open(parts.Frames);
        LinkEvidence evidence = HasTime ? WindowEvidence.Gather(movie.Numbers, found.ReadLabels, windows.Select(window => parts.Read(window, movie)), cancellation) : new LinkEvidence();
        evidence = evidence with { Cells = Scores(movie, parts) };
        LinkOutcome linked = parts.Link(movie, run.Options.Linking, solver, evidence, progress is null ? null : new Linking(progress, windows.Count), cancellation);
        AtomicFile.WriteText(Path.Combine(folder, "options.json"), OptionsFile.Write(run.Options));
        if (!KeepsParts) parts.Delete();
        return new MovieOutcome(folder, linked.Lineage, movie.Count, linked.Cells, skipped);
    }

    private static IEnumerable<MovieWindow> Detect(IReadOnlyList<MovieWindow> windows, FrameSequence movie, MovieParts parts, Predictor predictor, CancellationToken cancellation)
    {
        foreach (MovieWindow window in windows)
        {
            parts.Write(movie.NameOf(window.Kept[0]), predictor.Predict(movie.ReadImage(window.Kept[0]), cancellation: cancellation));
            yield return window;
        }
    }

    private static IEnumerable<MovieWindow> Detect(IReadOnlyList<MovieWindow> windows, FrameSequence movie, MovieParts parts, MoviePredictor predictor, CancellationToken cancellation)
    {
        foreach (WindowPrediction window in predictor.Predict(windows, movie.ReadImage, cancellation))
        {
            parts.Write(window, movie);
            foreach (FramePrediction frame in window.Kept) parts.Write(movie.NameOf(frame.Frame), frame.Cells);
            yield return window.Window;
        }
    }

    private static Dictionary<(int Frame, int Label), double> Scores(FrameSequence movie, MovieParts parts) => Enumerable.Range(0, movie.Count)
        .SelectMany(frame => parts.Scores(movie.NameOf(frame)).Select(cell => (Cell: (movie.Numbers[frame], cell.Label), cell.Score)))
        .ToDictionary(entry => entry.Cell, entry => entry.Score);

    private string Record(FrameSequence movie) => $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(movie.Path))}, frames {movie.Numbers[0]} to {movie.Numbers[^1]}\n{run.Fingerprint}\n{OptionsFile.Write(run.Options with { Linking = new LinkOptions() })}";

    private sealed class Linking(IProgress<MovieProgress> whole, int windows) : IProgress<double>
    {
        public void Report(double value) => whole.Report(new MovieProgress(windows, windows, value));
    }
}
