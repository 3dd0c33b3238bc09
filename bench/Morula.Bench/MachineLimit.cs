using static TorchSharp.torch;

namespace Morula.Bench;

/// <summary>What the machine can do at best with the threads that libtorch has, measured in this run.</summary>
/// <param name="OperationsPerSecond">Floating-point operations of a float32 matrix product of 2048 x 2048.</param>
/// <param name="BytesPerSecond">Bytes read and written when a float32 array larger than any cache is copied.</param>
internal sealed record MachineLimit(double OperationsPerSecond, double BytesPerSecond)
{
    private const int Side = 2048;
    private const int Copied = 1 << 26;
    private const int Tries = 7;

    /// <summary>Measures both; the best of some repeats counts.</summary>
    public static MachineLimit Measure()
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        var (left, right) = (rand(Side, Side), rand(Side, Side));
        double multiplied = Repeats.Least(Tries, () => left.mm(right).Dispose());
        var (source, target) = (rand(Copied), zeros(Copied));
        double copied = Repeats.Least(Tries, () => target.copy_(source));
        return new MachineLimit(2.0 * Side * Side * Side / multiplied, 2.0 * Copied * sizeof(float) / copied);
    }

    /// <summary>One line of a Markdown list.</summary>
    public string Describe() =>
        $"- the machine's limits, measured in this run with {get_num_threads()} threads: {OperationsPerSecond / 1e9:0} GFLOP/s (matrix product {Side} x {Side}), {BytesPerSecond / 1e9:0.0} GB/s (copy of {Copied >> 18} MiB)\n";
}
