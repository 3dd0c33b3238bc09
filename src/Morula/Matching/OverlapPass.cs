using System.Runtime.Intrinsics;
using Morula.Geometry;

namespace Morula.Matching;

/// <summary>Overlaps of all truths with all candidates, one truth and sixteen candidates at a time, in memory O(N + M).</summary>
internal sealed class OverlapPass
{
    private readonly float[] truth;
    private readonly BoxColumns candidates;
    private readonly int rank;
    private readonly int chunk;
    private readonly int truths;
    private readonly float[] bestOfTruth;

    /// <summary>Prepares a pass over candidates in chunks that stay in the cache while the truths go by.</summary>
    public OverlapPass(float[] truth, BoxColumns candidates, int rank, int chunk)
    {
        (this.truth, this.candidates, this.rank, this.chunk) = (truth, candidates, rank, chunk);
        truths = truth.Length / (2 * rank);
        bestOfTruth = new float[truths];
        Best = new float[candidates.Count];
        BestTruth = new int[candidates.Count];
        Array.Fill(BestTruth, truths > 0 ? 0 : -1);
    }

    /// <summary>Per candidate, the largest overlap with any truth.</summary>
    public float[] Best { get; }

    /// <summary>Per candidate, the first truth of largest overlap; -1 without truths.</summary>
    public int[] BestTruth { get; }

    /// <summary>Fills <see cref="Best"/> and <see cref="BestTruth"/>.</summary>
    public void FindBest() => Parallel.For(0, Chunks, () => new float[truths], FindBestOfChunk, MergeBestOfTruth);

    /// <summary>Gives every candidate that reaches the largest overlap of some truth its own best truth.</summary>
    public void RestoreBestPerTruth(int[] matches) => Parallel.For(0, Chunks, index =>
    {
        int end = Math.Min((index + 1) * chunk, candidates.Count);
        for (int which = 0; which < truths; which++)
        {
            float best = bestOfTruth[which];
            if (best <= 0) continue; // nothing touches this truth: no candidate may answer for it
            ReadOnlySpan<float> box = Box(which);
            float volume = BoxColumns.Volume(box, rank);
            for (int start = index * chunk; start < end; start += BoxColumns.Lanes)
            {
                if (!candidates.TryOverlap(box, volume, start, out Vector512<float> overlap)) continue;
                ulong reached = Vector512.Equals(overlap, Vector512.Create(best)).ExtractMostSignificantBits();
                for (; reached != 0; reached &= reached - 1)
                {
                    int candidate = start + System.Numerics.BitOperations.TrailingZeroCount(reached);
                    matches[candidate] = BestTruth[candidate];
                }
            }
        }
    });

    private int Chunks => (candidates.Count + chunk - 1) / chunk;

    private ReadOnlySpan<float> Box(int which) => truth.AsSpan(which * 2 * rank, 2 * rank);

    private float[] FindBestOfChunk(int index, ParallelLoopState state, float[] bestHere)
    {
        int end = Math.Min((index + 1) * chunk, candidates.Count);
        for (int which = 0; which < truths; which++)
        {
            ReadOnlySpan<float> box = Box(which);
            float volume = BoxColumns.Volume(box, rank);
            for (int start = index * chunk; start < end; start += BoxColumns.Lanes)
            {
                if (candidates.TryOverlap(box, volume, start, out Vector512<float> overlap))
                    Take(overlap, which, start, Math.Min(BoxColumns.Lanes, end - start), ref bestHere[which]);
            }
        }

        return bestHere;
    }

    private void Take(Vector512<float> overlap, int which, int start, int count, ref float bestOfThis)
    {
        for (int lane = 0; lane < count; lane++)
        {
            float value = overlap[lane];
            if (value > bestOfThis) bestOfThis = value;
            if (!(value > Best[start + lane])) continue;
            Best[start + lane] = value;
            BestTruth[start + lane] = which;
        }
    }

    // The largest is the same in whatever order the workers end.
    private void MergeBestOfTruth(float[] bestHere)
    {
        lock (bestOfTruth)
        {
            for (int which = 0; which < truths; which++) bestOfTruth[which] = Math.Max(bestOfTruth[which], bestHere[which]);
        }
    }
}
