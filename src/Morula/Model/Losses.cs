using static TorchSharp.torch;

namespace Morula.Model;

/// <summary>The five losses of one batch, scalars; those of a part that was not asked for are null.</summary>
/// <param name="Objectness">Cross-entropy of the sampled anchors.</param>
/// <param name="ProposalBox">Smooth L1 of the positive anchors' deltas.</param>
/// <param name="Class">Cross-entropy of the sampled regions.</param>
/// <param name="Box">Smooth L1 of the positive regions' deltas.</param>
/// <param name="Mask">Binary cross-entropy of the positive regions' masks.</param>
public sealed record Losses(Tensor? Objectness, Tensor? ProposalBox, Tensor? Class, Tensor? Box, Tensor? Mask)
{
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
        (string Name, Tensor? Loss)[] all =
            [("objectness", Objectness), ("proposal box", ProposalBox), ("class", Class), ("box", Box), ("mask", Mask)];
        return all.Where(part => part.Loss is not null).Select(part => (part.Name, part.Loss!));
    }
}
