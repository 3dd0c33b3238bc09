namespace Morula.Bench.Operators;

/// <summary>What an operator cannot do without: bytes that must move between memory and processor, and floating-point operations.</summary>
/// <param name="Bytes">Inputs read and outputs written once each.</param>
/// <param name="Operations">Floating-point operations of the definition.</param>
internal readonly record struct LeastWork(double Bytes, double Operations)
{
    /// <summary>Seconds that the machine needs for it at best: memory and arithmetic at the same time, each at its limit.</summary>
    public double Seconds(MachineLimit limit) => Math.Max(Bytes / limit.BytesPerSecond, Operations / limit.OperationsPerSecond);

    /// <summary>Which of the two decides.</summary>
    public string Bound(MachineLimit limit) => Bytes / limit.BytesPerSecond > Operations / limit.OperationsPerSecond ? "memory" : "arithmetic";
}
