using System.Numerics;
using System.Runtime.Intrinsics;
using Morula.Geometry;

namespace Morula.Matching;

/// <summary>
/// Overlaps of all truths with all candidates, one truth and sixteen candidates at a time, in memory O(N + M). Candidates that
/// follow each other usually lie together: a chunk of them whose common hull a truth does not touch is passed over.
/// </summary>
internal sealed unsafe class OverlapPass
{
    private const int Chunk = 32 * BoxColumns.Lanes;

    private readonly float[] truth;
    private readonly BoxColumns candidates;
    private readonly int rank;
    private readonly int truths;
    private readonly float[] bestOfTruth;
    private readonly float[] hulls;

    /// <summary>Prepares a pass.</summary>
    public OverlapPass(ReadOnlySpan<float> truth, BoxColumns candidates, int rank)
    {
        (this.truth, this.candidates, this.rank) = (truth.ToArray(), candidates, rank);
        truths = truth.Length / (2 * rank);
        bestOfTruth = new float[truths];
        hulls = new float[Chunks * 2 * rank];
        Best = new float[candidates.PaddedCount];
        BestTruth = new int[candidates.PaddedCount];
        Array.Fill(BestTruth, truths > 0 ? 0 : -1);
        Parallel.For(0, Chunks, FindHull);
    }

    /// <summary>Per candidate, the largest overlap with any truth.</summary>
    public float[] Best { get; }

    /// <summary>Per candidate, the first truth of largest overlap; -1 without truths.</summary>
    public int[] BestTruth { get; }

    /// <summary>Fills <see cref="Best"/> and <see cref="BestTruth"/>.</summary>
    public void FindBest() => Parallel.For(0, Chunks, () => new float[truths], FindBestOfChunk, MergeBestOfTruth);

    /// <summary>Gives every candidate that reaches the largest overlap of some truth its own best truth.</summary>
    public void RestoreBestPerTruth(int[] matches) => Parallel.For(0, Chunks, chunk =>
    {
        for (int which = 0; which < truths; which++)
        {
            // Where nothing touches a truth, no candidate may answer for it.
            if (bestOfTruth[which] <= 0 || !Touches(chunk, which)) continue;
            Vector512<float> best = Vector512.Create(bestOfTruth[which]);
            fixed (float* corners = Box(which))
            {
                float volume = BoxColumns.Volume(Box(which), rank);
                for (int start = chunk * Chunk; start < End(chunk); start += BoxColumns.Lanes)
                {
                    if (!candidates.TryOverlap(corners, volume, start, out Vector512<float> overlap)) continue;
                    for (ulong reached = Vector512.Equals(overlap, best).ExtractMostSignificantBits(); reached != 0; reached &= reached - 1)
                    {
                        int candidate = start + BitOperations.TrailingZeroCount(reached);
                        matches[candidate] = BestTruth[candidate];
                    }
                }
            }
        }
    });

    private int Chunks => (candidates.Count + Chunk - 1) / Chunk;

    private int End(int chunk) => Math.Min((chunk + 1) * Chunk, candidates.Count);

    private ReadOnlySpan<float> Box(int which) => truth.AsSpan(which * 2 * rank, 2 * rank);

    private float[] FindBestOfChunk(int chunk, ParallelLoopState state, float[] bestHere)
    {
        for (int which = 0; which < truths; which++)
        {
            if (!Touches(chunk, which)) continue;
            float volume = BoxColumns.Volume(Box(which), rank);
            Vector512<float> largest = Vector512<float>.Zero;
            fixed (float* corners = Box(which))
            {
                for (int start = chunk * Chunk; start < End(chunk); start += BoxColumns.Lanes)
                {
                    if (!candidates.TryOverlap(corners, volume, start, out Vector512<float> overlap)) continue;
                    largest = Vector512.Max(largest, overlap);
                    Take(overlap, which, start);
                }
            }

            for (int lane = 0; lane < BoxColumns.Lanes; lane++) bestHere[which] = Math.Max(bestHere[which], largest[lane]);
        }

        return bestHere;
    }

    private void Take(Vector512<float> overlap, int which, int start)
    {
        Vector512<float> best = Vector512.LoadUnsafe(ref Best[start]);
        Vector512<float> better = Vector512.GreaterThan(overlap, best);
        if (better == Vector512<float>.Zero) return;
        Vector512.ConditionalSelect(better, overlap, best).StoreUnsafe(ref Best[start]);
        Vector512<int> of = Vector512.LoadUnsafe(ref BestTruth[start]);
        Vector512.ConditionalSelect(better.AsInt32(), Vector512.Create(which), of).StoreUnsafe(ref BestTruth[start]);
    }

    private void FindHull(int chunk)
    {
        Span<float> hull = hulls.AsSpan(chunk * 2 * rank, 2 * rank);
        var (start, count) = (chunk * Chunk, End(chunk) - (chunk * Chunk));
        for (int axis = 0; axis < rank; axis++)
        {
            (hull[axis], hull[rank + axis]) = (float.PositiveInfinity, float.NegativeInfinity);
            foreach (float lower in candidates.Column(axis).Slice(start, count)) hull[axis] = Math.Min(hull[axis], lower);
            foreach (float upper in candidates.Column(rank + axis).Slice(start, count)) hull[rank + axis] = Math.Max(hull[rank + axis], upper);
        }
    }

    private bool Touches(int chunk, int which)
    {
        ReadOnlySpan<float> hull = hulls.AsSpan(chunk * 2 * rank, 2 * rank);
        ReadOnlySpan<float> box = Box(which);
        for (int axis = 0; axis < rank; axis++)
            if (hull[axis] >= box[rank + axis] || box[axis] >= hull[rank + axis]) return false;
        return true;
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
