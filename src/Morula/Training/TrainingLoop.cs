using Morula.Measuring;
using Morula.Model;
using Morula.Options;
using Morula.Samples;
using Morula.Sharing;
using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Training;

/// <summary>The steps of one training, from where it stands to its end: teaches, logs, validates, saves.</summary>
internal sealed class TrainingLoop(
    MorulaOptions options, MaskRcnn model, Device device, TrainingFolder folder, TrainingLog? log, Validator validator,
    IProgress<TrainingProgress> progress, TimeProvider clock, IProcessGroup group) : IDisposable
{
    /// <summary>Name in the log of the share of a step's time that passed until its crops were there.</summary>
    public const string Waiting = "waiting";

    private const int MostWildSteps = 20;
    private const double Memory = 0.95;
    private readonly TrainingOptions plan = options.Training;
    private readonly BatchSlice slice = BatchSlice.Of(group, options.Training.BatchSize);
    private MorulaOptions current = options;
    private TrainingState state = TrainingState.Start(TrainedParts.All, 0);
    private Stepper? stepper;
    private long started;
    private double minutesBefore;
    private double done;
    private double secondsPerStep;
    private int wildSteps;
    private readonly WaitingTime waiting = new();

    /// <summary>Told of the means before every step; a test lets it fail as an allocation would.</summary>
    public Action<MemoryOptions>? Probe { get; init; }

    /// <summary>Enters the state of a checkpoint, or begins anew and writes the first checkpoint.</summary>
    public void Begin(TrainingState? saved, byte[]? optimizer, int images)
    {
        started = clock.GetTimestamp();
        minutesBefore = saved?.Minutes ?? 0;
        state = (saved ?? TrainingState.Start(PartsAt(0), images)) with { Images = images };
        done = Done();
        stepper = CreateStepper();
        if (optimizer is not null) stepper.LoadState(optimizer);
        // With a checkpoint from the start there is always one to resume from, and a full disk is noticed now.
        if (saved is null) SaveLast();
    }

    /// <summary>Runs to the end, or until cancelled; true where it is complete.</summary>
    public bool Run(SampleSource source, CancellationToken cancellation)
    {
        using var samples = new Prefetcher(own => source.Get(slice.Global(own)), state.Step * slice.Size, plan.PrefetchCount * slice.Size, plan.PrefetchThreads);
        bool isAgreed = false;
        try
        {
            if (IsValidationDue()) Validate(cancellation);
            while (done < 1)
            {
                isAgreed = IsStopAsked(cancellation.IsCancellationRequested);
                if (isAgreed) break;
                EnterPhase();
                Step(samples);
                if (IsValidationDue()) Validate(cancellation);
                if (state.Step % plan.CheckpointEvery == 0) SaveLast();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // In a validation: the others are about to ask.
            isAgreed = done >= 1 || IsStopAsked(true);
        }

        SaveLast();
        if (waiting.Steps > 0) progress.Report(TrainingProgress.Saying(state.Step, plan.Steps, waiting.ToString(), Math.Min(1, done)));
        return !isAgreed;
    }

    public void Dispose() => stepper?.Dispose();

    private void EnterPhase()
    {
        if (PartsAt(done) == state.Parts) return;
        stepper!.Dispose();
        state = state with { Parts = PartsAt(done) };
        stepper = CreateStepper();
    }

    private Stepper CreateStepper() => new(model, current.Training, state.Parts, group) { Probe = Probe };

    // One that is asked to stop stops all.
    private bool IsStopAsked(bool here)
    {
        double[] asked = [here ? 1 : 0];
        group.Sum(asked);
        return asked[0] > 0;
    }

    private void Step(Prefetcher samples)
    {
        long begun = clock.GetTimestamp();
        HostGarbage.Collect();
        var drawn = new Sample[slice.Size];
        long asked = clock.GetTimestamp();
        for (int index = 0; index < drawn.Length; index++) drawn[index] = samples.Next();
        double waited = clock.GetElapsedTime(asked).TotalSeconds;
        using Batch batch = Batch.From(drawn, device);
        var values = Teach(batch);
        if (values is null) RefuseWildness();
        else wildSteps = 0;
        double seconds = clock.GetElapsedTime(begun).TotalSeconds;
        values = new Dictionary<string, double>(values ?? new Dictionary<string, double> { ["skipped"] = 1 }, StringComparer.Ordinal) { [Waiting] = waited / Math.Max(seconds, 1e-9) };
        waiting.Add(waited, seconds);
        secondsPerStep = secondsPerStep == 0 ? seconds : (Memory * secondsPerStep) + ((1 - Memory) * seconds);
        state = state with { Step = state.Step + 1 };
        done = Done();
        log?.Write(state.Step, values);
        progress.Report(new TrainingProgress(state.Step, plan.Steps, Math.Min(1, done), values, secondsPerStep));
    }

    private IReadOnlyDictionary<string, double>? Teach(Batch batch) => new StepRetry(current, slice.Size).Take(
        stepper!,
        batch,
        Chances,
        LearningRate.At(plan, state.Step, done),
        change =>
        {
            current = current with { Training = current.Training with { Memory = stepper!.Memory } };
            log?.Write(state.Step + 1, new Dictionary<string, double>(StringComparer.Ordinal) { ["memory ran out"] = 1 });
            progress.Report(TrainingProgress.Saying(state.Step, plan.Steps, $"memory ran out in step {state.Step + 1}; it is taken once more, and the run goes on, with Training.Memory.{change}", Math.Min(1, done)));
        });

    // The choice of anchors and regions is a function of seed and image, so that a resumed run repeats it and so do several processes.
    private Random[] Chances() =>
        [.. Enumerable.Range(0, slice.Size).Select(image => new Random(unchecked((plan.Seed * 1_000_003) + (int)slice.Global((state.Step * slice.Size) + image))))];

    private void RefuseWildness()
    {
        if (++wildSteps < MostWildSteps) return;
        throw new OptionsException(
            "training", $"{wildSteps} steps in a row had losses that are not finite; lower Training.LearningRate (now {plan.LearningRate}) or look at the images.");
    }

    private bool IsValidationDue() =>
        state.Validated < state.Step && (done >= 1 || (plan.ValidateEvery > 0 && state.Step % plan.ValidateEvery == 0));

    private void Validate(CancellationToken cancellation)
    {
        IReadOnlyDictionary<string, double> scores = group.Index == 0 ? validator.Score(model, cancellation) : new Dictionary<string, double>();
        state = state with { Validated = state.Step };
        if (group.Index > 0) return;
        string text = "no held-out image, so the newest network counts as the best";
        bool better = true;
        if (scores.Count > 0)
        {
            log?.Write(state.Step, scores);
            text = string.Join("  ", scores.Select(entry => $"{entry.Key} {entry.Value:0.000}"));
            better = scores[Validator.Decisive] > state.BestScore;
            if (better) state = state with { BestScore = scores[Validator.Decisive] };
        }

        if (better) Checkpoint.Save(folder.Best, model, OptionsFile.Write(validator.Quality.ApplyTo(current)), (state with { Minutes = Minutes() }).ToMetadata());
        progress.Report(new TrainingProgress(state.Step, plan.Steps, Math.Min(1, done), scores, secondsPerStep, $"validation at step {state.Step}: {text}"));
    }

    private void SaveLast()
    {
        if (group.Index > 0) return;
        state = state with { Minutes = Minutes() };
        Checkpoint.Save(folder.Last, model, OptionsFile.Write(current), state.ToMetadata(), stepper!.SaveState());
    }

    private double Minutes() => minutesBefore + clock.GetElapsedTime(started).TotalMinutes;

    private double MinutesOfFirst()
    {
        double[] minutes = [group.Index == 0 ? Minutes() : 0];
        group.Sum(minutes);
        return minutes[0];
    }

    // By steps or by time, whichever is further.
    private double Done()
    {
        double bySteps = (double)state.Step / plan.Steps;
        return plan.Minutes > 0 ? Math.Max(bySteps, MinutesOfFirst() / plan.Minutes) : bySteps;
    }

    // Heads that are being taught on a frozen rest go on being taught, even where a longer plan would begin with proposals again.
    private TrainedParts PartsAt(double place)
    {
        if (plan.ProposalPhase == 0) return TrainedParts.All;
        return place < plan.ProposalPhase && state.Parts != TrainedParts.Regions ? TrainedParts.Proposals : TrainedParts.Regions;
    }
}
