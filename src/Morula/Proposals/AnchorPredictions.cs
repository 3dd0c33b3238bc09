using Morula.Geometry;
using static TorchSharp.torch;

namespace Morula.Proposals;

/// <summary>What the proposal network says of every anchor of a batch.</summary>
/// <param name="Logits">[N, A, 2]: background, cell.</param>
/// <param name="Deltas">[N, A, 2D], coded against the anchors.</param>
/// <param name="Anchors">The anchors, [A, 2D], in voxels.</param>
public sealed record AnchorPredictions(Tensor Logits, Tensor Deltas, Boxes Anchors)
{
    /// <summary>Where the anchors lie, level by level; adaptive assignment needs it.</summary>
    internal IReadOnlyList<AnchorLevel> Levels { get; init; } = [];
}
