using Morula.Formats;
using Morula.Inference;
using Morula.Streaming;
using Morula.Tracking;

namespace Morula.Runs;

/// <summary>A movie and a network of rank 4: a unit is a window.</summary>
internal sealed class WindowWork : IPredictionWork
{
    private readonly FrameSequence movie;
    private readonly MovieParts parts;
    private readonly MoviePredictor predictor;
    private readonly IReadOnlyList<MovieWindow> windows;
    private readonly QualityOptions quality;

    public WindowWork(PredictionRun run, FrameSequence movie, MovieParts parts)
    {
        (this.movie, this.parts) = (movie, parts);
        predictor = Predictor(run);
        quality = run.Options.Inference.Quality;
        windows = predictor.Plan(movie.Count);
    }

    /// <summary>What all windows tell of who is who.</summary>
    public static LinkEvidence Evidence(PredictionRun run, FrameSequence movie, MovieParts parts, FrameSequence found, CancellationToken cancellation) =>
        WindowEvidence.Gather(movie.Numbers, found.ReadLabels, Predictor(run).Plan(movie.Count).Select(window => parts.Read(window, movie)), cancellation);

    public int Units(PredictionStage stage) => stage == PredictionStage.Find ? windows.Count : 0;

    public bool IsDone(PredictionStage stage, int unit) => parts.IsDone(windows[unit], movie);

    public IEnumerable<int> Do(PredictionStage stage, IEnumerable<int> units, CancellationToken cancellation)
    {
        int[] numbers = [.. units];
        int next = 0;
        foreach (WindowPrediction window in predictor.Predict(numbers.Select(unit => windows[unit]), movie.ReadImage, cancellation))
        {
            parts.Write(window, movie);
            foreach (FramePrediction frame in window.Kept) parts.Write(movie.NameOf(frame.Frame), frame.Cells, quality);
            yield return numbers[next++];
        }
    }

    public void Dispose()
    {
        // Frames are opened one by one.
    }

    private static MoviePredictor Predictor(PredictionRun run) =>
        new(new Predictor(run.Network, run.Options.Samples, run.Options.Inference, run.Device), run.Options.Samples, run.Options.Inference);
}
