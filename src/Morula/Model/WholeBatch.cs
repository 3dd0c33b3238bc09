using TorchSharp.Modules;

namespace Morula.Model;

/// <summary>All images of a batch.</summary>
internal sealed class WholeBatch : IBatchShare
{
    /// <inheritdoc/>
    public int Count => 1;

    /// <inheritdoc/>
    public IReadOnlyList<double> Sum(IReadOnlyList<double> counts) => counts;

    /// <inheritdoc/>
    public void Complete(IEnumerable<Parameter> weights)
    {
        // Nobody waits for them.
    }
}
