namespace Morula.Comparison;

/// <summary>Where a comparison stands.</summary>
/// <param name="Share">Share done, in [0, 1].</param>
/// <param name="Text">What is being done.</param>
/// <param name="Message">Something worth a line of its own, else null.</param>
public sealed record ComparisonProgress(double Share, string Text, string? Message);
