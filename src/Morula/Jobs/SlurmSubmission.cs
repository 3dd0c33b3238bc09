using Morula.Streaming;

namespace Morula.Jobs;

/// <summary>A job that Slurm has taken.</summary>
/// <param name="Stage">What it does.</param>
/// <param name="Job">Its number.</param>
/// <param name="Tasks">Tasks of its array.</param>
public sealed record SlurmSubmission(PredictionStage Stage, string Job, int Tasks);
