namespace Morula.Tracking;

/// <summary>A possible division of a <see cref="LinkProblem"/>.</summary>
/// <param name="Mother">Index of the mother.</param>
/// <param name="First">Index of one daughter.</param>
/// <param name="Second">Index of the other.</param>
/// <param name="Cost">Cost of the division.</param>
public readonly record struct LinkDivision(int Mother, int First, int Second, double Cost);
