namespace Morula.Bench.Plan;

/// <summary>What was foretold and what was measured.</summary>
/// <param name="Foretold">Bytes.</param>
/// <param name="Moment">When the peak was foretold.</param>
/// <param name="Measured">Largest resident memory of the process, bytes.</param>
/// <param name="Seconds">Of a step, or of the prediction.</param>
internal sealed record PlanResult(long Foretold, string Moment, long Measured, double Seconds)
{
    /// <summary>Foretold over measured, less 1.</summary>
    public double Error => ((double)Foretold / Measured) - 1;
}
