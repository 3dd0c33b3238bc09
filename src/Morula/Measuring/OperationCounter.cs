using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Morula.Measuring;

/// <summary>
/// Counts the floating-point operations of convolutions and linear layers, two per multiply-add, while it lives. What else a
/// network does (normalisation, pooling, suppression) is not counted.
/// </summary>
internal sealed class OperationCounter : IDisposable
{
    private readonly List<Action> removals = [];

    /// <summary>Begins to listen to every layer of a network.</summary>
    public OperationCounter(nn.Module network)
    {
        foreach (nn.Module module in network.modules())
        {
            if (module is not (Conv1d or Conv2d or Conv3d or Linear) || module is not nn.Module<Tensor, Tensor> layer) continue;
            Tensor weight = module.named_parameters().Single(entry => entry.name == "weight").parameter;
            // Every output number is a dot product with one row of the weights.
            long length = weight.numel() / weight.shape[0];
            var hook = layer.register_forward_hook((_, _, output) =>
            {
                Operations += 2.0 * output.numel() * length;
                return output;
            });
            removals.Add(hook.remove);
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
}
