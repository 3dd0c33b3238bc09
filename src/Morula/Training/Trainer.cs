using Morula.Formats;
using Morula.Model;
using Morula.Options;
using Morula.Samples;
using Morula.Sharing;
using Morula.Tensors;
using Morula.Volumes;
using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Training;

/// <summary>
/// Teaches a network on a data set: steps, validation, best and last checkpoint, log; stops and goes on at will. On one number of
/// threads a training that was stopped, or killed, goes on to the very same losses and weights as one that was not, unless it is
/// bound by Training.Minutes, when the clock shapes the course of the learning rate.
/// </summary>
public sealed class Trainer
{
    private readonly TrainingFolder folder;
    private readonly DataSet data;
    private readonly Device device;
    private readonly TimeProvider clock;
    private readonly IProcessGroup group;
    private MorulaOptions options;

    /// <summary>Where the checkpoint lies that Training.From names; null: it is a path.</summary>
    internal string? OriginPath { get; init; }

    /// <summary>Told of the means before every step; a test lets it fail as an allocation would.</summary>
    internal Action<MemoryOptions>? StepProbe { get; init; }

    /// <summary>Prepares a run.</summary>
    /// <param name="options">
    /// Of the run. Where it resumes they must be those of the checkpoint but for length (Training.Steps, Minutes), validation
    /// (ValidateEvery, ValidationImages, Inference) and means (CheckpointEvery, Threads, PrefetchCount, PrefetchThreads, Samples.CacheMegabytes and Reading).
    /// </param>
    /// <param name="data">Images and truth.</param>
    /// <param name="folder">Receives checkpoints, options and log.</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="clock">For the log and the time budget.</param>
    /// <param name="group">Processes that train together, each with a Trainer of the same options; the first one validates, writes and reports. Null: this one alone.</param>
    public Trainer(MorulaOptions options, DataSet data, TrainingFolder folder, Device device, TimeProvider clock, IProcessGroup? group = null)
    {
        this.group = group ?? new SingleProcess();
        this.options = ResumedOptions.WithCrop(options);
        this.data = data;
        this.folder = folder;
        this.device = device;
        this.clock = clock;
    }

    /// <summary>Runs to the end, or until cancelled: the last checkpoint is written either way. Before the first step all headers of files are looked at.</summary>
    /// <param name="resume">Goes on from the last checkpoint of the folder.</param>
    /// <param name="progress">Told of every step.</param>
    /// <param name="cancellation">Asks to stop behind the current step.</param>
    /// <returns>Whether the run is complete.</returns>
    /// <exception cref="VolumeFormatException">An image or the checkpoint cannot be read.</exception>
    /// <exception cref="OptionsException">A resumed run is asked to be another one, or the losses are not finite.</exception>
    /// <exception cref="ArgumentException">Options of the network do not fit each other.</exception>
    public bool Run(bool resume, IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        if (group.Index > 0) progress = new Progress<TrainingProgress>();
        _ = BatchSlice.Of(group, options.Training.BatchSize);
        Checkpoint? last = resume ? Checkpoint.Load(folder.Last) : null;
        if (last is not null) options = ResumedOptions.Merge(OptionsFile.Parse<MorulaOptions>(last.Options, folder.Last, []), options, folder.Last);
        if (options.Training.Threads > 0) set_num_threads(options.Training.Threads);
        DataCheck.Require([.. data.Of(Split.Training), .. data.Of(Split.Validation)], options.Model);
        IReadOnlyList<Pair> training = data.Examples(Split.Training, options.Model.Rank, options.Samples.Crop[0]);
        IReadOnlyList<Pair> validation = data.Examples(Split.Validation, options.Model.Rank, options.Samples.Crop[0], apart: true);
        Checkpoint? origin = last is null && options.Training.From.Length > 0 ? Checkpoint.Load(OriginPath ?? options.Training.From) : null;
        if (origin is not null) options = options with { Model = Inheritance.Adopt(options.Model, origin) };
        ImageStore store = OpenStore(training, progress, cancellation);
        store.Open(training[0]);
        options = options with { Model = AnchorFit.Apply(options.Model, store, training, options.Training.Seed) };
        using MaskRcnn model = CreateModel();
        last?.ApplyTo(model);
        if (origin is not null) Inheritance.Apply(origin, model);
        TrainingState? state = last is null ? null : TrainingState.Of(last, folder.Last);
        Introduce(model, training.Count, validation.Count, state, progress);
        using TrainingLog? log = group.Index == 0 ? PrepareFolder(resume, state) : null;
        var source = new SampleSource(store, training, options.Samples, options.Training.Seed);
        var validator = new Validator(options, validation, device);
        using var loop = new TrainingLoop(options, model, device, folder, log, validator, progress, clock, group) { Probe = StepProbe };
        loop.Begin(state, last?.OptimizerState, training.Count);
        return loop.Run(source, cancellation);
    }

    private ImageStore OpenStore(IReadOnlyList<Pair> training, IProgress<TrainingProgress> progress, CancellationToken cancellation) => ImageStore.Of(
        training,
        options.Samples,
        DataIndex.PathFor(data.Path, folder.Path),
        group.Index == 0,
        () => group.Sum(new double[1]),
        message => progress.Report(TrainingProgress.Saying(0, options.Training.Steps, message)),
        cancellation);

    private TrainingLog PrepareFolder(bool resume, TrainingState? state)
    {
        Directory.CreateDirectory(folder.Path);
        if (!resume) File.Delete(folder.Best);
        AtomicFile.WriteText(folder.Options, OptionsFile.Write(options));
        var log = new TrainingLog(folder.Path, append: resume, clock);
        if (state is not null) log.CutFrom(state.Step + 1);
        return log;
    }

    private MaskRcnn CreateModel()
    {
        // Weights outlive the scope; what was needed to draw them does not.
        using var scope = NewDisposeScope();
        var model = new MaskRcnn(options.Model, options.Training.Seed);
        model.to(device);
        return model;
    }

    private void Introduce(MaskRcnn model, int training, int validation, TrainingState? state, IProgress<TrainingProgress> progress)
    {
        TrainingOptions plan = options.Training;
        Say($"{training} training images, {validation} for validation; crop {new Extent(options.Samples.Crop)}, {plan.BatchSize} a step{Spread()}");
        Say($"network of rank {options.Model.Rank} with {model.ParameterCount:N0} parameters, on {ComputeDevice.Words(device)}");
        if (state is null) return;
        Say($"resuming behind step {state.Step} of {plan.Steps}");
        if (state.Images != training)
            Say($"note: there were {state.Images} training images when this checkpoint was written; with others the losses are not those of an uninterrupted run");

        string Spread() => group.Count > 1 ? $", shared out among {group.Count} processes" : string.Empty;
        void Say(string message) => progress.Report(TrainingProgress.Saying(state?.Step ?? 0, plan.Steps, message));
    }
}
