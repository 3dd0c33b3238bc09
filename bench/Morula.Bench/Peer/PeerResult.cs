namespace Morula.Bench.Peer;

/// <summary>What one side has measured.</summary>
/// <param name="StepSeconds">Median step.</param>
/// <param name="ProcessorSeconds">Median step, over all threads of the process.</param>
/// <param name="BaseBytes">Memory with the tensor library loaded and nothing done.</param>
/// <param name="PeakBytes">Largest memory during the steps.</param>
/// <param name="Losses">Of the first, compared step, by name.</param>
internal record PeerResult(double StepSeconds, double ProcessorSeconds, long BaseBytes, long PeakBytes, IReadOnlyDictionary<string, double> Losses)
{
    /// <summary>Memory of a step above the base.</summary>
    public long AboveBaseBytes => PeakBytes - BaseBytes;
}
