using System.Diagnostics;
using Morula.Formats;
using Morula.Model;
using Morula.Options;
using Morula.Samples;
using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Training;

/// <summary>Teaches a network on a data set: steps, validation, best and last checkpoint, log; stops and goes on at will.</summary>
public sealed class Trainer
{
    private const int MostWildSteps = 20;
    private const string StepKey = "step";
    private const string BestKey = "best score";
    private const string MinutesKey = "minutes";
    private readonly string folder;
    private readonly DataSet data;
    private readonly ImageStore store;
    private readonly Device device;
    private readonly TimeProvider clock;
    private MorulaOptions options;
    private double bestScore = double.NegativeInfinity;
    private double minutesBefore;
    private int wildSteps;

    /// <summary>Prepares a run.</summary>
    /// <param name="options">Of the run. Where it resumes, those of the checkpoint count and only Steps and Minutes may differ.</param>
    /// <param name="data">Images and truth.</param>
    /// <param name="folder">Receives checkpoints, options and log.</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="clock">For the log and the time budget.</param>
    public Trainer(MorulaOptions options, DataSet data, string folder, Device device, TimeProvider clock)
    {
        this.options = options;
        this.data = data;
        this.folder = folder;
        this.device = device;
        this.clock = clock;
        store = new ImageStore(options.Samples);
    }

    /// <summary>Path of the checkpoint with the best validation score.</summary>
    public string BestPath => Path.Combine(folder, "best.safetensors");

    /// <summary>Path of the newest checkpoint, from which training resumes.</summary>
    public string LastPath => Path.Combine(folder, "last.safetensors");

    /// <summary>Runs to the end, or until cancelled: the last checkpoint is written either way.</summary>
    /// <param name="resume">Goes on from the last checkpoint of the folder.</param>
    /// <param name="progress">Told of every step.</param>
    /// <param name="cancellation">Asks to stop behind the current step.</param>
    /// <returns>Whether the run is complete.</returns>
    public bool Run(bool resume, IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        Checkpoint? last = resume ? Checkpoint.Load(LastPath) : null;
        if (options.Training.Threads > 0) set_num_threads(options.Training.Threads);
        IReadOnlyList<Pair> training = data.Of(Split.Training);
        options = last is null
            ? options with { Model = AnchorFit.Apply(options.Model, store, training) }
            : options with { Model = OptionsFile.Parse<MorulaOptions>(last.Options, LastPath, []).Model };
        AtomicFile.WriteText(Path.Combine(folder, "options.json"), OptionsFile.Write(options));
        using var model = new MaskRcnn(options.Model, options.Training.Seed);
        model.to(device);
        last?.ApplyTo(model);
        long first = last is null ? 0 : long.Parse(last.Metadata[StepKey]);
        if (last is not null) bestScore = double.Parse(last.Metadata[BestKey]);
        if (last is not null) minutesBefore = double.Parse(last.Metadata[MinutesKey]);
        using var log = new TrainingLog(folder, append: resume, clock);
        var validator = new Validator(options, data.Of(Split.Validation), device);
        return Run(model, last, first, training, log, validator, progress, cancellation);
    }

    private bool Run(
        MaskRcnn model, Checkpoint? last, long first, IReadOnlyList<Pair> training, TrainingLog log, Validator validator,
        IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        TrainingOptions plan = options.Training;
        long started = clock.GetTimestamp();
        TrainedParts parts = PartsAt(first);
        Stepper stepper = CreateStepper(model, parts, last?.OptimizerState);
        var source = new SampleSource(store, training, options.Samples, plan.Seed);
        using var samples = new Prefetcher(source, first * plan.BatchSize, plan.PrefetchCount * plan.BatchSize, 1);
        double secondsPerStep = 0;
        long step = first;
        try
        {
            while (Progress(step) < 1 && !cancellation.IsCancellationRequested)
            {
                if (PartsAt(step) != parts)
                {
                    stepper.Dispose();
                    stepper = CreateStepper(model, parts = PartsAt(step), null);
                }

                long begun = clock.GetTimestamp();
                var values = Step(stepper, samples, step, Progress(step));
                double seconds = clock.GetElapsedTime(begun).TotalSeconds;
                secondsPerStep = secondsPerStep == 0 ? seconds : (0.95 * secondsPerStep) + (0.05 * seconds);
                step++;
                log.Write(step, values);
                progress.Report(new TrainingProgress(step, plan.Steps, Progress(step), values, secondsPerStep));
                bool atEnd = Progress(step) >= 1;
                if (atEnd || (plan.ValidateEvery > 0 && step % plan.ValidateEvery == 0)) Validate(model, validator, step, log, progress, secondsPerStep);
                if (!atEnd && step % plan.CheckpointEvery == 0) SaveLast(model, stepper, step, Minutes());
            }

            SaveLast(model, stepper, step, Minutes());
            return Progress(step) >= 1;
        }
        finally
        {
            stepper.Dispose();
        }

        double Minutes() => minutesBefore + clock.GetElapsedTime(started).TotalMinutes;

        double Progress(long at)
        {
            double bySteps = (double)at / plan.Steps;
            return plan.Minutes > 0 ? Math.Max(bySteps, Minutes() / plan.Minutes) : bySteps;
        }
    }

    private IReadOnlyDictionary<string, double> Step(Stepper stepper, Prefetcher samples, long step, double progress)
    {
        var drawn = new Sample[options.Training.BatchSize];
        for (int index = 0; index < drawn.Length; index++) drawn[index] = samples.Next();
        using Batch batch = Batch.From(drawn, device);
        // The choice of anchors and regions is a function of seed and step, so that a resumed run repeats it.
        var random = new Random(unchecked((options.Training.Seed * 1_000_003) + (int)step));
        var values = stepper.Step(batch, random, LearningRate.At(options.Training, step, progress));
        wildSteps = values is null ? wildSteps + 1 : 0;
        if (wildSteps >= MostWildSteps)
        {
            throw new OptionsException(
                "training", $"{wildSteps} steps in a row had losses that are not finite; lower Training.LearningRate (now {options.Training.LearningRate}) or look at the images.");
        }

        return values ?? new Dictionary<string, double>(StringComparer.Ordinal) { ["skipped"] = 1 };
    }

    private void Validate(MaskRcnn model, Validator validator, long step, TrainingLog log, IProgress<TrainingProgress> progress, double secondsPerStep)
    {
        IReadOnlyDictionary<string, double> scores = validator.Score(model);
        double score = scores.Count == 0 ? step : scores[Validator.Decisive];
        log.Write(step, scores);
        if (score > bestScore)
        {
            bestScore = score;
            Checkpoint.Save(BestPath, model, OptionsFile.Write(options), Metadata(step, 0));
        }

        string text = scores.Count == 0 ? "no held-out image: the newest checkpoint is kept as the best" : string.Join("  ", scores.Select(entry => $"{entry.Key} {entry.Value:0.000}"));
        progress.Report(new TrainingProgress(step, options.Training.Steps, (double)step / options.Training.Steps, scores, secondsPerStep, $"validation at step {step}: {text}"));
    }

    private void SaveLast(MaskRcnn model, Stepper stepper, long step, double minutes) =>
        Checkpoint.Save(LastPath, model, OptionsFile.Write(options), Metadata(step, minutes), stepper.SaveState());

    private Dictionary<string, string> Metadata(long step, double minutes) => new(StringComparer.Ordinal)
    {
        [StepKey] = step.ToString(),
        [BestKey] = bestScore.ToString("R"),
        [MinutesKey] = minutes.ToString("R"),
        ["data"] = Path.GetFileName(Path.TrimEndingDirectorySeparator(data.Path)),
    };

    private TrainedParts PartsAt(long step)
    {
        if (options.Training.ProposalPhase == 0) return TrainedParts.All;
        return step < options.Training.ProposalPhase * options.Training.Steps ? TrainedParts.Proposals : TrainedParts.Regions;
    }

    private Stepper CreateStepper(MaskRcnn model, TrainedParts parts, byte[]? state)
    {
        var stepper = new Stepper(model, options.Training, parts);
        if (state is not null) stepper.LoadState(state);
        return stepper;
    }
}
