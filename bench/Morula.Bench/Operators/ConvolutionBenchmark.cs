using BenchmarkDotNet.Attributes;
using Morula.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Morula.Bench.Operators;

/// <summary>
/// Convolutions of 3 x 3 x 3 taps of the maps of a small network, where no gradient is asked for: sixteen regions of 14^3 for masks (32 channels), and a crop of 64^3 in the
/// second (64, 32^3) and third stage (96, 16^3) of the trunk.
/// </summary>
public class ConvolutionBenchmark : ILimited
{
    private readonly Dictionary<int, (int Maps, int Size)> maps = new() { [32] = (16, 14), [64] = (1, 32), [96] = (1, 16) };
    private Conv3d convolution = null!;
    private Tensor packed = null!;
    private Tensor ordered = null!;

    /// <summary>Of map and result.</summary>
    [Params(32, 64, 96)]
    public int Channels { get; set; }

    /// <summary>Draws map and weights.</summary>
    [GlobalSetup]
    public void Draw()
    {
        manual_seed(1);
        (int count, int size) = maps[Channels];
        convolution = (Conv3d)Conv.Create(Channels, Channels, [3, 3, 3], [1, 1, 1], bias: false);
        packed = randn([count, Channels, size, size, size]);
        ordered = MemoryOrder.ChannelsLast(packed);
    }

    /// <summary>libtorch, channel after channel in memory.</summary>
    [Benchmark(Baseline = true)]
    public void ByLibrary() => Run(() => convolution.call(packed));

    /// <summary>libtorch, the channels of a voxel side by side.</summary>
    [Benchmark]
    public void ByLibraryChannelsLast() => Run(() => convolution.call(ordered));

    /// <summary>By minimal filtering, the channels of a voxel side by side.</summary>
    [Benchmark]
    public void ByMinimalFiltering() => Run(() => Winograd.Convolve(convolution, ordered));

    // Map and weights are read, the result written; operations are those of the definition, of which minimal filtering does a third.
    LeastWork ILimited.LeastWork(string method)
    {
        (int count, int size) = maps[Channels];
        double voxels = count * Math.Pow(size, 3), taps = 27.0 * Channels * Channels;
        return new LeastWork(sizeof(float) * ((2 * Channels * voxels) + taps), 2 * taps * voxels);
    }

    private static void Run(Func<Tensor> convolve)
    {
        using var guard = no_grad();
        using Tensor found = convolve();
    }
}
