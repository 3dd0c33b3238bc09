namespace Morula.Runs;

/// <summary>What a training left.</summary>
/// <param name="IsComplete">Whether it reached its last step, rather than being stopped.</param>
/// <param name="BestPath">Checkpoint with the best validation score.</param>
/// <param name="LastPath">Newest checkpoint.</param>
/// <param name="ReportPath">Page with curves and options.</param>
public sealed record TrainingOutcome(bool IsComplete, string BestPath, string LastPath, string ReportPath);
