using Morula.Regions;
using static TorchSharp.torch;

namespace Morula.Model;

/// <summary>The losses of one batch, scalars; those of a part that was not asked for are null.</summary>
/// <param name="Objectness">Cross-entropy of the sampled anchors.</param>
/// <param name="ProposalBox">Smooth L1 of the positive anchors' deltas.</param>
/// <param name="Class">Cross-entropy of the sampled regions.</param>
/// <param name="Box">Smooth L1 of the positive regions' deltas.</param>
/// <param name="Mask">Binary cross-entropy of the positive regions' masks.</param>
/// <param name="Events">Of movies: binary cross-entropy of births and divisions of the positive regions' cells.</param>
public sealed record Losses(Tensor? Objectness, Tensor? ProposalBox, Tensor? Class, Tensor? Box, Tensor? Mask, Tensor? Events = null)
{
    /// <summary>Names of all losses.</summary>
    internal static IReadOnlyList<string> Names { get; } =
        ["objectness", "proposal box", RegionHeads.ClassLoss, RegionHeads.BoxLoss, RegionHeads.MaskLoss, RegionHeads.EventLoss];

    /// <summary>Sum of the losses, each with weight 1.</summary>
    public Tensor Total()
    {
        using var scope = NewDisposeScope();
        Tensor[] present = [.. Parts().Select(part => part.Loss)];
        return stack(present).sum().MoveToOuterDisposeScope();
    }

    /// <summary>Each loss that was asked for, by name.</summary>
    public IEnumerable<(string Name, Tensor Loss)> Parts()
    {
        Tensor?[] all = [Objectness, ProposalBox, Class, Box, Mask, Events];
        return Names.Zip(all).Where(part => part.Second is not null).Select(part => (part.First, part.Second!));
    }
}
