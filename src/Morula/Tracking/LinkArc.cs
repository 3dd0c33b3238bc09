namespace Morula.Tracking;

/// <summary>A possible link of a <see cref="LinkProblem"/>: one cell goes on as another.</summary>
/// <param name="From">Index of the earlier cell.</param>
/// <param name="To">Index of the later cell.</param>
/// <param name="Cost">Cost of the link.</param>
public readonly record struct LinkArc(int From, int To, double Cost);
