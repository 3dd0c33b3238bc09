using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Layers;

/// <summary>
/// A part of the network whose backward pass is run by hand: its inputs are cut off from what came before, so that its activations
/// are let go as soon as its own gradients are known. One that is recomputed keeps its inputs alone and runs again in the backward
/// pass (Chen et al. 2016, Training deep nets with sublinear memory cost); the gradients are the same.
/// </summary>
/// <param name="run">Inputs to output; run twice where recomputed, so it may hold no chance.</param>
/// <param name="isRecomputed">Whether to keep no activation.</param>
internal sealed class Segment(Func<IReadOnlyList<Tensor>, Tensor> run, bool isRecomputed) : IDisposable
{
    private IReadOnlyList<Tensor> leaves = [];
    private Tensor? graph;

    /// <summary>The output, cut off from the graph; it belongs to the caller's dispose scope. Inputs may be disposed afterwards.</summary>
    /// <param name="inputs">Read, not changed.</param>
    /// <param name="needsGradient">Whether the gradient of the inputs is wanted; weights always get theirs.</param>
    public Tensor Forward(IReadOnlyList<Tensor> inputs, bool needsGradient)
    {
        using var scope = NewDisposeScope();
        leaves = [.. inputs.Select(input => input.detach().requires_grad_(needsGradient).DetachFromDisposeScope())];
        if (isRecomputed)
        {
            using var guard = no_grad();
            return run(leaves).MoveToOuterDisposeScope();
        }

        graph = run(leaves).DetachFromDisposeScope();
        return graph.detach().MoveToOuterDisposeScope();
    }

    /// <summary>Adds the gradients of the weights to theirs, gives those of the inputs (null where none was wanted), and lets go of everything.</summary>
    /// <param name="gradient">Of the output; it stays the caller's.</param>
    public IReadOnlyList<Tensor?> Backward(Tensor gradient)
    {
        using var scope = NewDisposeScope();
        graph ??= run(leaves).DetachFromDisposeScope();
        autograd.backward([graph], [gradient]);
        Tensor?[] incoming = [.. leaves.Select(leaf => leaf.grad?.MoveToOuterDisposeScope())];
        Dispose();
        return incoming;
    }

    /// <summary>Lets go of what is kept for the backward pass.</summary>
    public void Dispose()
    {
        foreach (Tensor leaf in leaves) leaf.Dispose();
        graph?.Dispose();
        (leaves, graph) = ([], null);
    }
}
