namespace Morula.Evaluation;

/// <summary>One frame of two movies.</summary>
/// <param name="Number">Number of the frame.</param>
/// <param name="Pair">Its labels on both sides.</param>
internal sealed record FramePair(int Number, EvaluationPair Pair);
