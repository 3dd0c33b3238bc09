using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Morula.Measuring;

/// <summary>
/// Counts the floating-point operations of convolutions and linear layers, two per multiply-add, while it lives. What else a
/// network does (normalisation, pooling, suppression) is not counted. A module that computes its own convolution in another way than
/// by calling it, such as by halves, counts as if it had called it.
/// </summary>
internal sealed class OperationCounter : IDisposable
{
    private readonly List<Action> removals = [];
    private readonly HashSet<nn.Module> called = [];

    /// <summary>Begins to listen to every layer of a network.</summary>
    public OperationCounter(nn.Module network)
    {
        foreach (nn.Module module in network.modules().Append(network).Distinct())
        {
            if (module is not nn.Module<Tensor, Tensor> layer) continue;
            if (IsCounted(module))
            {
                Listen(layer, output =>
                {
                    called.Add(module);
                    Count(module, output);
                });
                continue;
            }

            nn.Module[] own = [.. module.children().Where(IsCounted)];
            if (own.Length > 0) Listen(layer, output => CountUncalled(own, output));
        }
    }

    /// <summary>Operations so far.</summary>
    public double Operations { get; private set; }

    /// <summary>Stops listening.</summary>
    public void Dispose()
    {
        foreach (Action remove in removals) remove();
        removals.Clear();
    }

    private static bool IsCounted(nn.Module module) => module is Conv1d or Conv2d or Conv3d or Linear;

    private void Listen(nn.Module<Tensor, Tensor> layer, Action<Tensor> heard)
    {
        var hook = layer.register_forward_hook((_, _, output) =>
        {
            heard(output);
            return output;
        });
        removals.Add(hook.remove);
    }

    private void CountUncalled(nn.Module[] own, Tensor output)
    {
        foreach (nn.Module module in own)
        {
            if (!called.Remove(module)) Count(module, output);
        }
    }

    // Every output number is a dot product with one row of the weights.
    private void Count(nn.Module module, Tensor output)
    {
        Tensor weight = module.named_parameters().Single(entry => entry.name == "weight").parameter;
        Operations += 2.0 * output.numel() * (weight.numel() / weight.shape[0]);
    }
}
