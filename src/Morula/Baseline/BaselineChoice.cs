namespace Morula.Baseline;

/// <summary>The parameters that a tuning chose.</summary>
/// <param name="Options">The best of those tried.</param>
/// <param name="Score">Their mean of SEG and accuracy@0.5 over the images of the tuning.</param>
/// <param name="Tried">Number of settings tried.</param>
public sealed record BaselineChoice(BaselineOptions Options, double Score, int Tried);
