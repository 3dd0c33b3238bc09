using Morula.Formats;
using Morula.Options;
using Morula.Streaming;
using Morula.Tracking;

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
        using IPredictionWork work = Begin(movie, folder);
        int windows = work.Units(PredictionStage.Find);
        int skipped = Enumerable.Range(0, windows).Count(unit => work.IsDone(PredictionStage.Find, unit));
        progress?.Report(new MovieProgress(skipped, windows, 0));
        foreach (double share in WorkProgress.Through(work, cancellation)) progress?.Report(new MovieProgress((int)Math.Round(share * windows), windows, 0));
        return Finish(movie, folder, progress is null ? null : new Linking(progress, windows), cancellation) with { Skipped = skipped };
    }

    /// <summary>Looks at a movie, and at what is known of it.</summary>
    internal IPredictionWork Begin(FrameSequence movie, string folder)
    {
        movie.RequireOneSize();
        run.RequireImage(movie.PathOf(0));
        var parts = new MovieParts(folder);
        parts.Enter(Record(movie));
        if (HasTime) return new WindowWork(run, movie, parts);
        return new ImageWork([.. Enumerable.Range(0, movie.Count).Select(frame => new ImageTask(
            run, movie.PathOf(frame), movie.InFile(frame), parts.OfFrame(movie.NameOf(frame)), parts.OfLargeFrame(movie.NameOf(frame))))]);
    }

    /// <summary>Links the cells of a movie whose frames are done.</summary>
    internal MovieOutcome Finish(FrameSequence movie, string folder, IProgress<double>? progress, CancellationToken cancellation)
    {
        var parts = new MovieParts(folder);
        FrameSequence found = FrameSequence.Open(parts.Frames);
        LinkEvidence evidence = HasTime ? WindowWork.Evidence(run, movie, parts, found, cancellation) : new LinkEvidence();
        evidence = evidence with { Cells = Scores(movie, parts) };
        LinkOutcome linked = parts.Link(movie, run.Options.Linking, solver, evidence, progress, cancellation);
        AtomicFile.WriteText(Path.Combine(folder, "options.json"), OptionsFile.Write(run.Options));
        MovieFiles.KeepOnly(folder, Enumerable.Range(0, movie.Count).Select(movie.NameOf));
        if (!KeepsParts) parts.Delete();
        return new MovieOutcome(folder, linked.Lineage, movie.Count, linked.Cells, 0);
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
