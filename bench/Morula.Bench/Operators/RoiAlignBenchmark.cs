using BenchmarkDotNet.Attributes;
using Morula.Geometry;
using Morula.Layers;
using Morula.Volumes;
using static TorchSharp.torch;

namespace Morula.Bench.Operators;

/// <summary>RoIAlign of 128 boxes in a map of 64 channels and 64^3 voxels, there and back: own kernel, gathers, grid_sample.</summary>
public class RoiAlignBenchmark : ILimited
{
    private const int Rois = 128;
    private const int Channels = 64;
    private const int Side = 64;
    private readonly int[] images = new int[Rois];
    private readonly double[] scale = [1, 1, 1];
    private Tensor map = null!;
    private Boxes boxes;

    /// <summary>Bins along every axis: of the box head and of the mask head.</summary>
    [Params(7, 14)]
    public int Bins { get; set; }

    /// <summary>Draws map and boxes, and makes sure that all ways agree.</summary>
    [GlobalSetup]
    public void Draw()
    {
        manual_seed(1);
        map = randn([1, Channels, Side, Side, Side]).DetachFromDisposeScope();
        boxes = Boxes.From(RandomBoxes.Around(Rois, 30, Side, new Random(1)), 3);
        using var scope = NewDisposeScope();
        Tensor expected = Kernel(map);
        if (!allclose(expected, Gathered(map), 1e-3, 1e-4) || !allclose(expected, GridSample.Pool(map, boxes, Bins), 1e-3, 1e-4))
            throw new InvalidOperationException("The ways of pooling disagree; a comparison of their times would mean nothing.");
    }

    /// <summary>Frees map and boxes.</summary>
    [GlobalCleanup]
    public void Free()
    {
        map.Dispose();
        boxes.Values.Dispose();
    }

    /// <summary>The library's kernel, without gradients.</summary>
    [Benchmark]
    public void PoolForward()
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        Kernel(map);
    }

    /// <summary>The library's kernel.</summary>
    [Benchmark(Baseline = true)]
    public void Pool() => ThereAndBack(Kernel);

    /// <summary>The library's way on other devices: a gather per corner.</summary>
    [Benchmark]
    public void PoolByGather() => ThereAndBack(Gathered);

    /// <summary>The tensor library's grid_sample, all boxes in one grid.</summary>
    [Benchmark]
    public void PoolByGridSample() => ThereAndBack(source => GridSample.Pool(source, boxes, Bins));

    // Forward the voxels under the boxes are read and the bins written; backward the bins are read and the whole gradient written.
    // Every bin is a sum over eight corners.
    LeastWork ILimited.LeastWork(string method)
    {
        double bins = (double)Rois * Channels * Bins * Bins * Bins, number = sizeof(float);
        var forward = new LeastWork(number * ((Channels * VoxelsUnderBoxes()) + bins), 16 * bins);
        return method == nameof(PoolForward)
            ? forward
            : new LeastWork(forward.Bytes + (number * (bins + ((double)Channels * Side * Side * Side))), 2 * forward.Operations);
    }

    private static double VoxelsUnderBoxes()
    {
        float[] numbers = RandomBoxes.Around(Rois, 30, Side, new Random(1));
        float[][] boxes = [.. numbers.Chunk(6)];
        return Enumerable.Range(0, Side * Side * Side).Count(voxel => Array.Exists(boxes, box => IsInside(voxel, box)));
    }

    private static bool IsInside(int voxel, float[] box)
    {
        for (int axis = 2; axis >= 0; axis--, voxel /= Side)
            if (voxel % Side < (int)box[axis] || voxel % Side >= box[3 + axis]) return false;
        return true;
    }

    private Tensor Kernel(Tensor source) => RoiAlign.Pool(source, boxes, images, scale, Extent.Cube(3, Bins), 1);

    private Tensor Gathered(Tensor source) => RoiAlign.PoolByGather(source, boxes, images, scale, Extent.Cube(3, Bins), 1);

    private void ThereAndBack(Func<Tensor, Tensor> pool)
    {
        using var scope = NewDisposeScope();
        Tensor leaf = map.detach().requires_grad_();
        pool(leaf).sum().backward();
        RoiAlign.EndBackward();
    }
}
