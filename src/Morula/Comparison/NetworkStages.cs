using Morula.Measuring;
using Morula.Model;
using Morula.Runs;
using Morula.Samples;
using Morula.Tensors;
using Morula.Tracking;
using Morula.Training;
using static TorchSharp.torch;

namespace Morula.Comparison;

/// <summary>The stages of a network.</summary>
internal static class NetworkStages
{
    /// <summary>Trains it, or goes on, and notes what that cost.</summary>
    public static void Train(MemberRequest request, TimeProvider clock, IProgress<MemberProgress> progress, CancellationToken cancellation)
    {
        MemberFolder folder = request.Results;
        MorulaOptions options = request.ParsedOptions;
        long idle = LoadTorch(options.Training.Threads);
        bool resume = File.Exists(folder.Training.Last);
        TrainingCost cost = resume ? TrainingCost.Of(folder) : TrainingCost.None;
        cost = cost with { Sittings = [.. cost.Sittings, clock.GetUtcNow()], BaseBytes = idle };
        cost.Save(folder);
        ProcessMemory.ResetPeak();
        TrainingOutcome outcome = TrainingRun.Start(options, request.Data, folder.Training.Path, resume, new Steps(progress), cancellation);
        long peak = Math.Max(cost.PeakBytes, ProcessMemory.Peak);
        TrainingState state = TrainingState.Of(Checkpoint.Load(outcome.LastPath), outcome.LastPath);
        (cost with { IsComplete = outcome.IsComplete, PeakBytes = peak, Steps = state.Step, Minutes = state.Minutes }).Save(folder);
        if (!outcome.IsComplete) throw new OperationCanceledException(cancellation);
    }

    /// <summary>Predicts the held-out images with the best checkpoint, judges them and writes the result.</summary>
    public static void Predict(MemberRequest request, ILinkSolver solver, TimeProvider clock, IProgress<MemberProgress> progress, CancellationToken cancellation)
    {
        MemberFolder folder = request.Results;
        MorulaOptions options = request.ParsedOptions;
        DataSet data = DataSet.Open(request.Data);
        var images = HeldOutImages.Of(data, request.HeldOut, request.AsMovie);
        var pace = new PredictionPace(clock, images, progress, cancellation);
        folder.ClearPrediction();
        long idle = LoadTorch(options.Training.Threads);
        ProcessMemory.ResetPeak();
        double operations;
        long parameters;
        using (var run = new PredictionRun(folder.Training.Best, []))
        using (var counter = new OperationCounter(run.Network))
        {
            if (request.AsMovie) pace.MeasureMovie(movie => new MovieRun(run, solver).Predict(movie, folder.Predicted, new Windows(progress), cancellation));
            else pace.Measure((pair, index) => run.Predict(pair.ImagePath, Path.GetDirectoryName(folder.Prediction(images, index).Labels)!, cancellation: cancellation).Extent.Count);
            operations = counter.Operations / pace.PredictedMegavoxels;
            parameters = run.Network.ParameterCount;
        }

        long peak = ProcessMemory.Peak;
        Judgement judgement = Judgement.Of(images, folder, options.Samples.BackgroundLabel, options.Model.Classes.Count > 1, cancellation);
        TrainingCost cost = TrainingCost.Of(folder);
        judgement.Save(folder, new MemberResult(
            request.Name, options.Training.Seed, judgement.Scores, judgement.Found, parameters, StepOperations.Measure(folder.Training.Best, data),
            operations, cost.BaseBytes, cost.PeakBytes, idle, peak,
            StepPace.SecondsPerStep(TrainingLog.Read(folder.Training.Path), cost.Sittings), pace.SecondsPerMegavoxel, cost.Steps, cost.Minutes, Machine.Describe(clock)));
    }

    private static long LoadTorch(int threads)
    {
        TorchLibrary.EnsureLoaded();
        if (threads > 0) set_num_threads(threads);
        using (NewDisposeScope()) rand(64, 64).mm(rand(64, 64)).sum().item<float>();
        ProcessMemory.Collect();
        return ProcessMemory.Resident;
    }

    private sealed class Windows(IProgress<MemberProgress> progress) : IProgress<MovieProgress>
    {
        // Roughly what linking takes of the whole.
        private const double LinkingShare = 0.1;

        public void Report(MovieProgress value) => progress.Report(new MemberProgress(
            ((1 - LinkingShare) * value.Done / value.Total) + (LinkingShare * value.Linked),
            value.Done < value.Total ? $"movie, part {value.Done + 1}/{value.Total}" : "movie, linking"));
    }

    private sealed class Steps(IProgress<MemberProgress> progress) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            string loss = value.Values.TryGetValue("loss", out double now) ? $"  loss {now:G4}" : string.Empty;
            progress.Report(new MemberProgress(value.Progress, $"step {value.Step}/{value.ExpectedSteps}{loss}", value.Message));
        }
    }
}
