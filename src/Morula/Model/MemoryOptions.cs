using Morula.Layers;
using Morula.Options;

namespace Morula.Model;

/// <summary>Means that bound the memory of a training step. None but Precision and StatePrecision changes a gradient beyond rounding.</summary>
public sealed record MemoryOptions
{
    /// <summary>
    /// Whether each part of the network is taught as soon as its loss is known and lets go of its activations before the next part
    /// runs, rather than all parts at once at the end. Costs no time. Default true.
    /// </summary>
    public bool Staged { get; init; } = true;

    /// <summary>
    /// Stages of the trunk, finest first (the stem counts to the first), whose activations are computed again in the backward pass
    /// rather than kept; at most all stages count. Needs Staged. Default 0.
    /// </summary>
    [Range(0, 16)]
    public int RecomputedStages { get; init; }

    /// <summary>Whether the activations of the pyramid are computed again in the backward pass. Needs Staged. Default false.</summary>
    public bool RecomputedPyramid { get; init; }

    /// <summary>Regions that the heads are taught at once, their gradients added up; 0: all of a step. Needs Staged. Default 0.</summary>
    [Range(0, 10000)]
    public int RegionChunk { get; init; }

    /// <summary>Images of a batch that go through the network at once, their gradients added up; 0: all. Default 0.</summary>
    [Range(0, 1024)]
    public int ImageChunk { get; init; }

    /// <summary>Numbers that convolutions compute with; BFloat16 halves activations and changes gradients by about 1 %. Default Float32.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Numbers that the optimiser's running means are kept in. Default Float32.</summary>
    public Precision StatePrecision { get; init; } = Precision.Float32;
}
