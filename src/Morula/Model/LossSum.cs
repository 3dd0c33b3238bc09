using Morula.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Model;

/// <summary>Adds up losses that are taught part by part.</summary>
internal sealed class LossSum
{
    private readonly Dictionary<string, double> values = new(StringComparer.Ordinal);

    /// <summary>Weight of what is taught next.</summary>
    public double Share { get; set; } = 1;

    /// <summary>The losses by name, and their sum as "loss".</summary>
    public IReadOnlyDictionary<string, double> ByName =>
        new Dictionary<string, double>(values, StringComparer.Ordinal) { ["loss"] = values.Values.Sum() };

    /// <summary>Runs the backward pass of some losses, unless one is not finite, and notes their values.</summary>
    public void Teach(IReadOnlyList<(string Name, Tensor Loss)> losses)
    {
        using var scope = NewDisposeScope();
        bool isFinite = true;
        foreach (var (name, loss) in losses)
        {
            double value = Share * loss.item<float>();
            isFinite &= double.IsFinite(value);
            values[name] = values.GetValueOrDefault(name) + value;
        }

        if (!isFinite) return;
        using Scalar share = Share;
        Tensor total = stack(losses.Select(part => part.Loss)).sum();
        (Share == 1 ? total : total.mul(share)).backward();
        RoiAlign.EndBackward();
    }
}
