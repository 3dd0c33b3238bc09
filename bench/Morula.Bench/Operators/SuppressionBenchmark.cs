using BenchmarkDotNet.Attributes;
using Morula.Geometry;

namespace Morula.Bench.Operators;

/// <summary>Non-maximum suppression of 6,000 boxes of rank 3 around 100 cells.</summary>
public class SuppressionBenchmark : ILimited
{
    private const int Count = 6000;
    private float[] boxes = [];
    private float[] scores = [];

    /// <summary>Largest number kept: as proposals ask for it, and all.</summary>
    [Params(500, Count)]
    public int Most { get; set; }

    /// <summary>Draws the boxes.</summary>
    [GlobalSetup]
    public void Draw()
    {
        var random = new Random(1);
        boxes = RandomBoxes.Around(Count, 100, 128, random);
        scores = [.. Enumerable.Range(0, Count).Select(_ => random.NextSingle())];
    }

    /// <summary>Suppression at the overlap of proposals.</summary>
    [Benchmark]
    public int Keep() => Suppression.Keep(boxes, scores, 3, 0.7, Most).Length;

    // A box that is kept must be compared with all that were kept before, one that is dropped with one of them at least.
    LeastWork ILimited.LeastWork(string method)
    {
        Draw();
        int[] kept = Suppression.Keep(boxes, scores, 3, 0.7, Most);
        float worst = scores[kept[^1]];
        double dropped = kept.Length < Most ? Count - kept.Length : scores.Count(score => score >= worst) - kept.Length;
        double pairs = (0.5 * kept.Length * (kept.Length - 1)) + dropped;
        return new LeastWork(sizeof(float) * (boxes.Length + (double)scores.Length), BoxPairs.OperationsPerOverlap * pairs);
    }
}
