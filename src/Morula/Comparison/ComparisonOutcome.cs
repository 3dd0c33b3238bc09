namespace Morula.Comparison;

/// <summary>What a comparison wrote.</summary>
/// <param name="PagePath">One page with tables, curves and slices.</param>
/// <param name="MarkdownPath">The tables.</param>
/// <param name="JsonPath">Every number.</param>
public sealed record ComparisonOutcome(string PagePath, string MarkdownPath, string JsonPath);
