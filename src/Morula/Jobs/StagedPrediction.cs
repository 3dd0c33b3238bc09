using Morula.Formats;
using Morula.Inference;
using Morula.Measuring;
using Morula.Options;
using Morula.Runs;
using Morula.Streaming;
using Morula.Tracking;

namespace Morula.Jobs;

/// <summary>What one process does of a prediction that several share: a part of the units of one stage.</summary>
public sealed class StagedPrediction : IDisposable
{
    private readonly PredictionRequest request;
    private readonly TimeProvider clock;
    private readonly StageCosts costs;
    private readonly ILinkSolver solver;
    private readonly PredictionRun run;
    private readonly FrameSequence? movie;
    private readonly IPredictionWork work;

    /// <summary>Loads the network and looks at the images.</summary>
    /// <param name="request">What is to be predicted.</param>
    /// <param name="solver">Chooses the links of a movie.</param>
    /// <param name="messages">Told of what is chosen.</param>
    /// <param name="clock">Measures time; the system's if null.</param>
    /// <exception cref="VolumeFormatException">An image or the checkpoint cannot be read.</exception>
    /// <exception cref="OptionsException">An option does not fit, or the folder holds parts of something else.</exception>
    public StagedPrediction(PredictionRequest request, ILinkSolver solver, IProgress<string>? messages = null, TimeProvider? clock = null)
    {
        (this.request, this.solver, this.clock, costs) = (request, solver, clock ?? TimeProvider.System, new StageCosts(request.Folder));
        if (request.IsMovie) movie = FrameSequence.Open(request.Images[0], request.FirstFrame, request.LastFrame);
        PredictionBound? bound = request.MemoryBytes is { } bytes ? new PredictionBound(bytes, movie is null ? request.Images : [movie.PathOf(0)]) : null;
        run = new PredictionRun(request.Model, request.Overrides, bound, messages) { Diameters = request.Diameters };
        work = movie is null ? new ImageWork([.. request.Images.Select(image => run.Task(image, request.Folder))]) : Movie().Begin(movie, request.Folder);
    }

    /// <summary>A line that says why the run left no page; null where it did, or is not over.</summary>
    public string? Warning { get; private set; }

    /// <summary>Number of units of a stage.</summary>
    public int Units(PredictionStage stage) => work.Units(stage);

    /// <summary>Does what is not done of a share of a stage; at the end, which is one unit more, also links the cells of a movie and writes the page of the run.</summary>
    /// <param name="stage">Whose earlier stages are done, by whatever process.</param>
    /// <param name="share">Which units.</param>
    /// <param name="progress">Told of units done, of how many in this share.</param>
    /// <param name="cancellation">Stops between units or sooner; what is done is kept.</param>
    public void Run(PredictionStage stage, Share share, IProgress<UnitProgress>? progress, CancellationToken cancellation)
    {
        long began = clock.GetTimestamp();
        int[] units = [.. share.Of(work.Units(stage))];
        int[] open = [.. units.Where(unit => !work.IsDone(stage, unit))];
        int done = units.Length - open.Length;
        progress?.Report(new UnitProgress(done, units.Length));
        foreach (int _ in work.Do(stage, open, cancellation))
        {
            ProcessMemory.Collect();
            progress?.Report(new UnitProgress(++done, units.Length));
        }

        if (stage == PredictionStage.Finish) Finish(began, cancellation);
        else if (open.Length > 0) costs.Note(stage, share, clock.GetElapsedTime(began));
    }

    /// <summary>Frees the network and closes the images.</summary>
    public void Dispose()
    {
        work.Dispose();
        run.Dispose();
    }

    private MovieRun Movie() => new(run, solver) { KeepsParts = request.KeepsParts };

    private void Finish(long began, CancellationToken cancellation)
    {
        RunCost before = costs.Sum(clock.GetUtcNow());
        if (movie is not null) Movie().Finish(movie, request.Folder, null, cancellation);
        string parts = Path.GetDirectoryName(PredictionRequest.PathIn(request.Folder))!;
        if (!request.KeepsParts && Directory.Exists(parts)) Directory.Delete(parts, recursive: true);
        TimeSpan own = clock.GetElapsedTime(began);
        RunCost cost = before with { Ended = clock.GetUtcNow(), Elapsed = before.Elapsed + own, PeakBytes = Math.Max(before.PeakBytes, MemoryUse.Read().Peak) };
        Warning = movie is null ? PredictionReport.TryWrite(run, request.Images, request.Folder, cost) : PredictionReport.TryWrite(run, movie, request.Folder, cost);
    }
}
