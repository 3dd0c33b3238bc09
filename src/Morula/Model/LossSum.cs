using Morula.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Model;

/// <summary>Adds up losses that are taught part by part.</summary>
internal sealed class LossSum
{
    private readonly Dictionary<string, double> values = new(StringComparer.Ordinal);

    private readonly Dictionary<string, double> parts = new(StringComparer.Ordinal);

    /// <summary>Weight of what is taught next.</summary>
    public double Share { get; set; } = 1;

    /// <summary>The losses by name, and their sum as "loss".</summary>
    public IReadOnlyDictionary<string, double> ByName =>
        new Dictionary<string, double>(values, StringComparer.Ordinal) { ["loss"] = values.Values.Sum() };

    /// <summary>Weighs a loss that is a mean by the part of what it is a mean of in the whole; where that is nothing it is 0 anyway.</summary>
    public void Weigh(string name, double own, double whole) => parts[name] = whole == 0 ? 0 : own / whole;

    /// <summary>Runs the backward pass of some losses, unless one is not finite, and notes their values.</summary>
    public void Teach(IReadOnlyList<(string Name, Tensor Loss)> losses)
    {
        using var scope = NewDisposeScope();
        bool isFinite = true;
        foreach (var (name, loss) in losses)
        {
            double value = WeightOf(name) * loss.item<float>();
            isFinite &= double.IsFinite(value);
            values[name] = values.GetValueOrDefault(name) + value;
        }

        if (!isFinite) return;
        stack(losses.Select(part => Weighed(part.Name, part.Loss))).sum().backward();
        RoiAlign.EndBackward();
    }

    private double WeightOf(string name) => Share * parts.GetValueOrDefault(name, 1);

    private Tensor Weighed(string name, Tensor loss)
    {
        double weight = WeightOf(name);
        if (weight == 1) return loss;
        using Scalar factor = weight;
        return loss.mul(factor);
    }
}
