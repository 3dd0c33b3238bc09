using static TorchSharp.torch;

namespace Morula.Regions;

/// <summary>The three losses of the region heads, scalars: classification, box and mask.</summary>
public sealed record RegionLosses(Tensor Class, Tensor Box, Tensor Mask);
