using static TorchSharp.torch;

namespace Morula.Regions;

/// <summary>The losses of the region heads, scalars: classification, box and mask; of movies also events (cross-entropy of births and divisions).</summary>
public sealed record RegionLosses(Tensor Class, Tensor Box, Tensor Mask, Tensor? Events = null);
