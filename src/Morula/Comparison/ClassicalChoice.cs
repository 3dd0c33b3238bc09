using Morula.Baseline;

namespace Morula.Comparison;

/// <summary>How the classical segmentation was tuned.</summary>
/// <param name="Options">Its parameters.</param>
/// <param name="Score">Their mean of SEG and accuracy@0.5 on the images of the tuning.</param>
/// <param name="Tried">Number of settings tried.</param>
/// <param name="Images">Training images it was tuned on.</param>
/// <param name="Class">The most frequent class of the training images, which every cell is given.</param>
public sealed record ClassicalChoice(BaselineOptions Options, double Score, int Tried, IReadOnlyList<string> Images, int Class);
