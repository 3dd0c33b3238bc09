using static TorchSharp.torch;

namespace Morula.Layers;

/// <summary>In which order a map lies in memory; layers take any, and keep that of their input.</summary>
internal static class MemoryOrder
{
    /// <summary>
    /// A map in the order in which layers take least time: channels side by side where no gradient is asked for, which saves convolutions of few channels a third and
    /// more; else, and over time, whose convolutions reorder their input, as it is.
    /// </summary>
    public static Tensor ForConvolutions(Tensor map) => is_grad_enabled() || map.dim() > 5 ? map : ChannelsLast(map);

    /// <summary>A map [N, C, *S] with the channels of a voxel side by side in memory, as libtorch's convolutions work internally; its shape is the same.</summary>
    public static Tensor ChannelsLast(Tensor map)
    {
        using var scope = NewDisposeScope();
        int rank = (int)map.dim();
        long[] last = [0, .. Enumerable.Range(2, rank - 2).Select(axis => (long)axis), 1];
        long[] back = [0, rank - 1, .. Enumerable.Range(1, rank - 2).Select(axis => (long)axis)];
        return map.permute(last).contiguous().permute(back).MoveToOuterDisposeScope();
    }
}
