using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Morula.Layers;

/// <summary>Starting weights. The temporal factor of a space-time convolution keeps its identity.</summary>
internal static class Initialise
{
    /// <summary>Normal with variance 2 / fan-in (He et al. 2015, eq. 10), biases 0.</summary>
    public static void Rectified(Module module) => Fill(module, weight => Math.Sqrt(2.0 / FanIn(weight)));

    /// <summary>Normal with a small deviation, biases 0: for layers whose outputs are logits or deltas.</summary>
    public static void Small(Module module, double deviation) => Fill(module, _ => deviation);

    private static long FanIn(Tensor weight) => weight.numel() / weight.shape[0];

    private static void Fill(Module module, Func<Tensor, double> deviation)
    {
        using var guard = no_grad();
        foreach (var (name, parameter) in module.named_parameters())
        {
            if (name.Contains("time", StringComparison.Ordinal)) continue;
            if (parameter.dim() == 1) init.zeros_(parameter);
            else init.normal_(parameter, 0, deviation(parameter));
        }
    }
}
