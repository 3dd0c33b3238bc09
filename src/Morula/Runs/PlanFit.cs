namespace Morula.Runs;

/// <summary>Options that keep within a bound of memory.</summary>
/// <param name="Options">The options, changed where that was needed.</param>
/// <param name="Changes">What was changed, one line each.</param>
public sealed record PlanFit(MorulaOptions Options, IReadOnlyList<string> Changes);
