using Morula.Evaluation;
using Morula.Inference;

namespace Morula.Runs;

/// <summary>What the demo made.</summary>
/// <param name="PagePath">The page with pictures.</param>
/// <param name="Files">Labels and table of the unseen embryo.</param>
/// <param name="ModelPath">The network that was used.</param>
/// <param name="Scores">Of the unseen embryo.</param>
public sealed record DemoOutcome(string PagePath, PredictionFiles Files, string ModelPath, Scorecard Scores);
