namespace Morula.Bench.Fuzz;

/// <summary>What inputs did to a parser.</summary>
/// <param name="Next">Number of the first input that was not read.</param>
/// <param name="Refused">Inputs that ended in a documented exception.</param>
/// <param name="Seconds">Time spent.</param>
/// <param name="GrowthMegabytes">Most memory of the process above that at its start, MiB.</param>
/// <param name="SlowestSeconds">Longest time for one input.</param>
/// <param name="Findings">Everything else that happened.</param>
internal sealed record FuzzResult(long Next, long Refused, double Seconds, double GrowthMegabytes, double SlowestSeconds, IReadOnlyList<FuzzFinding> Findings);
