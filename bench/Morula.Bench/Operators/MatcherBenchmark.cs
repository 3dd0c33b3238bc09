using BenchmarkDotNet.Attributes;
using Morula.Geometry;
using Morula.Matching;
using Morula.Volumes;
using static TorchSharp.torch;

namespace Morula.Bench.Operators;

/// <summary>Matching of the anchors of a whole level, three at each of 32^3 places, with the cells of a crop of 128^3.</summary>
public class MatcherBenchmark : ILimited
{
    private const int Stride = 4;
    private readonly Matcher matcher = new(0.5, 0.3, keepBestPerTruth: true);
    private readonly AdaptiveMatcher adaptive = new(candidates: 9, keepBestPerTruth: true);
    private AnchorLevel[] levels = [];
    private float[] anchors = [];
    private float[] truth = [];

    /// <summary>Number of cells.</summary>
    [Params(30, 300)]
    public int Cells { get; set; }

    /// <summary>Makes anchors and cells.</summary>
    [GlobalSetup]
    public void Draw()
    {
        using var scope = NewDisposeScope();
        float[][] shapes = [[16, 16, 16], [20, 20, 20], [24, 24, 24]];
        var grid = new AnchorGrid([shapes], [[Stride, Stride, Stride]]);
        anchors = grid.Level(0, Extent.Cube(3, 128 / Stride), CPU).ToArray();
        levels = [grid.Layout(0, Extent.Cube(3, 128 / Stride))];
        truth = RandomBoxes.Around(Cells, Cells, 128, new Random(1));
    }

    /// <summary>One image's anchors.</summary>
    [Benchmark]
    public int Match() => matcher.Match(truth, anchors, 3, out _).Length;

    /// <summary>The same by the adaptive rule, on one thread.</summary>
    [Benchmark]
    public int MatchAdaptively() => adaptive.Match(truth, levels).Length;

    // Anchors and cells are read, a match and an overlap written per anchor; the overlaps that are not 0 must be computed. The adaptive
    // rule reads no anchors, writes matches and computes the overlaps of nine places of three anchors per cell.
    LeastWork ILimited.LeastWork(string method)
    {
        Draw();
        double count = anchors.Length / 6, cells = sizeof(float) * truth.Length;
        return method == nameof(MatchAdaptively)
            ? new LeastWork(cells + (sizeof(int) * count), BoxPairs.OperationsPerOverlap * 27.0 * Cells)
            : new LeastWork(cells + (((6 * sizeof(float)) + sizeof(int) + sizeof(float)) * count), BoxPairs.OperationsPerOverlap * (double)BoxPairs.Touching(truth, anchors));
    }
}
