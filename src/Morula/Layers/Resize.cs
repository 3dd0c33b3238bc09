using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Layers;

/// <summary>Changes of resolution without weights, at any rank.</summary>
internal static class Resize
{
    /// <summary>Repeats every voxel <paramref name="factor"/> times along each axis of [N, C, *S], then cuts to <paramref name="target"/>.</summary>
    public static Tensor Repeat(Tensor input, int[] factor, ReadOnlySpan<long> target)
    {
        using var scope = NewDisposeScope();
        long[] size = input.shape;
        var (spread, wide, merged) = (new List<long> { size[0], size[1] }, new List<long> { size[0], size[1] }, new List<long> { size[0], size[1] });
        for (int axis = 0; axis < factor.Length; axis++)
        {
            spread.AddRange([size[axis + 2], 1]);
            wide.AddRange([size[axis + 2], factor[axis]]);
            merged.Add(size[axis + 2] * factor[axis]);
        }

        Tensor output = input.reshape([.. spread]).expand([.. wide]).reshape([.. merged]);   // [N, C, *(S * factor)]
        for (int axis = 0; axis < factor.Length; axis++)
        {
            if (output.shape[axis + 2] > target[axis]) output = output.narrow(axis + 2, 0, target[axis]);
        }

        return output.MoveToOuterDisposeScope();
    }

    /// <summary>Moves blocks of channels into space: [N, C * prod(factor), *S] to [N, C, *(S * factor)] (Shi et al. 2016, sub-pixel convolution).</summary>
    public static Tensor Unfold(Tensor input, int[] factor)
    {
        using var scope = NewDisposeScope();
        long[] size = input.shape;
        int rank = factor.Length;
        long channels = size[1] / factor.Aggregate(1, (product, next) => product * next);
        long[] split = [size[0], channels, .. factor.Select(value => (long)value), .. size[2..]];
        var order = new List<long> { 0, 1 };
        for (int axis = 0; axis < rank; axis++) order.AddRange([2 + rank + axis, 2 + axis]);
        long[] merged = [size[0], channels, .. factor.Select((value, axis) => value * size[axis + 2])];
        return input.reshape(split).permute([.. order]).reshape(merged).MoveToOuterDisposeScope();   // [N, C, *(S * factor)]
    }

    /// <summary>Keeps every <paramref name="step"/>-th voxel along each axis of [N, C, *S], from the first.</summary>
    public static Tensor Subsample(Tensor input, int[] step)
    {
        using var scope = NewDisposeScope();
        Tensor output = input;
        for (int axis = 0; axis < step.Length; axis++) output = output.slice(axis + 2, 0, output.shape[axis + 2], step[axis]);
        return output.contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Maximum over 3 voxels along each axis whose step exceeds 1, kept at every step-th voxel ("same" padding).</summary>
    public static Tensor MaxPool(Tensor input, int[] step)
    {
        using var scope = NewDisposeScope();
        long[] size = input.shape;
        int rank = step.Length;
        // The pooling operator knows three axes: earlier ones join the channels, missing ones have size 1.
        int folded = Math.Max(0, rank - 3);
        if (step[..folded].Any(value => value != 1)) throw new ArgumentException("Time cannot be pooled.", nameof(step));
        long[] last = [.. Enumerable.Repeat(1L, Math.Max(0, 3 - rank)), .. size[(2 + folded)..]];
        long[] steps = [.. Enumerable.Repeat(1L, Math.Max(0, 3 - rank)), .. step[folded..].Select(value => (long)value)];
        long[] kernel = [.. steps.Select(value => value > 1 ? 3L : 1L)];
        long[] padding = [.. kernel.Select(value => value / 2)];
        Tensor pooled = nn.functional.max_pool3d(input.reshape([size[0], -1, .. last]), kernel, steps, padding);
        long[] shape = [.. size[..(2 + folded)], .. pooled.shape[^Math.Min(rank, 3)..]];
        return pooled.reshape(shape).MoveToOuterDisposeScope();
    }
}
