using static TorchSharp.torch;

namespace Morula.Proposals;

/// <summary>The losses of the proposal network, scalars, and how much each is the mean of.</summary>
/// <param name="Objectness">Mean cross-entropy of the sampled anchors.</param>
/// <param name="Box">Mean smooth L1 of the positive anchors' deltas.</param>
/// <param name="SampledCount">Number of sampled anchors, over all images.</param>
/// <param name="PositiveCount">Number of positive ones among them.</param>
public sealed record ProposalLosses(Tensor Objectness, Tensor Box, int SampledCount, int PositiveCount);
