namespace Morula.Bench.Fuzz;

/// <summary>A way in which a parser failed: what was thrown and where, or that it died, was slow or took memory.</summary>
/// <param name="What">One line.</param>
/// <param name="Number">Number of the first input that shows it.</param>
/// <param name="Count">How many did.</param>
internal sealed record FuzzFinding(string What, long Number, long Count);
