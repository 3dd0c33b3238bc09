using Morula.Model;
using Morula.Options;

namespace Morula.Training;

/// <summary>How the network is taught.</summary>
public sealed record TrainingOptions
{
    /// <summary>Number every random choice is drawn from. Default 1.</summary>
    [Range(0, int.MaxValue)]
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Checkpoint, or name of a network that comes with the program, whose weights the network starts with: of the same network, or of one for single images where this one sees movies.
    /// Default empty: fresh weights.
    /// </summary>
    public string From { get; init; } = string.Empty;

    /// <summary>Steps in all. Default 4000.</summary>
    [Range(1, 100_000_000)]
    public int Steps { get; init; } = 4000;

    /// <summary>Wall-clock budget in minutes; the schedule then ends with whichever comes first, steps or time. 0: no such bound. Default 0.</summary>
    [Range(0, 1_000_000)]
    public double Minutes { get; init; }

    /// <summary>Share of the steps that teach proposals alone before the rest is frozen and the heads are taught; 0: everything at once. Default 0.</summary>
    [Range(0, 0.99)]
    public double ProposalPhase { get; init; }

    /// <summary>Images per step. Default 1.</summary>
    [Range(1, 1024)]
    public int BatchSize { get; init; } = 1;

    /// <summary>Rule that turns gradients into steps. Default AdamW.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.AdamW;

    /// <summary>Largest learning rate. Default 0.001.</summary>
    [Range(0, 10)]
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Course of the learning rate. Default Cosine.</summary>
    public ScheduleKind Schedule { get; init; } = ScheduleKind.Cosine;

    /// <summary>Steps over which the learning rate rises from 0. Default 100.</summary>
    [Range(0, 1_000_000)]
    public int WarmupSteps { get; init; } = 100;

    /// <summary>Momentum of SGD. Default 0.9.</summary>
    [Range(0, 1)]
    public double Momentum { get; init; } = 0.9;

    /// <summary>Decoupled weight decay of AdamW. Default 0.01.</summary>
    [Range(0, 10)]
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>L2 penalty per weight divided by the size of its tensor, as the reference has it. Default 0.</summary>
    [Range(0, 10)]
    public double MeanSquarePenalty { get; init; }

    /// <summary>Largest norm of the gradient; 0: unbounded. Default 5.</summary>
    [Range(0, 1e9)]
    public double GradientNorm { get; init; } = 5;

    /// <summary>Validation takes place every so many steps, and at the end. 0: only at the end. Default 500.</summary>
    [Range(0, 100_000_000)]
    public int ValidateEvery { get; init; } = 500;

    /// <summary>Most held-out images a validation looks at, evenly drawn. Default 4.</summary>
    [Range(0, 100_000)]
    public int ValidationImages { get; init; } = 4;

    /// <summary>The last checkpoint is written every so many steps. Default 200.</summary>
    [Range(1, 100_000_000)]
    public int CheckpointEvery { get; init; } = 200;

    /// <summary>Processor threads; 0: all of the machine's. Default 0.</summary>
    [Range(0, 4096)]
    public int Threads { get; init; }

    /// <summary>Crops made ahead in the background. Default 4.</summary>
    [Range(1, 1024)]
    public int PrefetchCount { get; init; } = 4;

    /// <summary>
    /// Threads that make them; their number changes no crop. Raise it where the log's <c>waiting</c>, the share of a step's time that
    /// passed until its crops were there, is more than a few percent. Default 1.
    /// </summary>
    [Range(1, 64)]
    public int PrefetchThreads { get; init; } = 1;

    /// <summary>Means that bound the memory of a step.</summary>
    public MemoryOptions Memory { get; init; } = new();
}
