namespace Morula.Bench.Peer;

/// <summary>What the script has measured, and how far its maps are from the dumped ones.</summary>
/// <param name="LevelErrors">Norm of the difference of each level, relative.</param>
/// <param name="LogitError">The same of the anchors' logits.</param>
/// <param name="DeltaError">The same of their deltas.</param>
/// <param name="Torch">Version.</param>
/// <param name="Libraries">Linear algebra that it has loaded.</param>
internal sealed record ScriptResult(
    double StepSeconds,
    double ProcessorSeconds,
    long BaseBytes,
    long PeakBytes,
    IReadOnlyDictionary<string, double> Losses,
    double[] LevelErrors,
    double LogitError,
    double DeltaError,
    string Torch,
    string[] Libraries) : PeerResult(StepSeconds, ProcessorSeconds, BaseBytes, PeakBytes, Losses)
{
    private const double Tolerance = 1e-3;

    /// <summary>Largest relative difference of maps, logits, deltas and losses.</summary>
    public double Difference(PeerResult ours) => ours.Losses
        .Select(loss => Math.Abs(Losses[loss.Key] - loss.Value) / Math.Max(1e-6, Math.Abs(loss.Value)))
        .Concat(LevelErrors).Append(LogitError).Append(DeltaError).Max();

    /// <summary>Whether its linear algebra is made for speed: the reference BLAS of a bare Debian is not.</summary>
    public bool HasFastAlgebra => Array.Exists(Libraries, name => name.Contains("openblas") || name.Contains("mkl") || name.Contains("blis")) || Libraries.Length == 0;

    /// <summary>Whether it is the same network.</summary>
    public bool Agrees(PeerResult ours) => Difference(ours) < Tolerance;
}
