using Morula.Model;

namespace Morula.Planning;

/// <summary>Searches means that keep a training within a bound of memory, the fastest first.</summary>
public static class BudgetFit
{
    // Shares of a step's time, small beside what computing anything again takes; they put means of no other cost into an order.
    private const double ChunkCost = 0.002;
    private const double HostCost = 0.004;
    private const double ImageCost = 0.02;
    private const double PrecisionCost = 0.25;

    /// <summary>The fastest load within the bound; null where none is.</summary>
    /// <param name="load">What is wanted.</param>
    /// <param name="budget">Bytes.</param>
    /// <param name="allowPrecision">Whether numbers may be narrower.</param>
    /// <param name="least">The least that any means need, bytes.</param>
    public static TrainingLoad? Training(TrainingLoad load, long budget, bool allowPrecision, out long least)
    {
        var (best, bestCost) = (default(TrainingLoad), double.PositiveInfinity);
        least = long.MaxValue;
        foreach (MemoryOptions memory in MemoryLadder.All(load.Memory, load.Model, load.BatchSize, allowPrecision).Prepend(load.Memory))
        {
            // What the host holds between steps adds to every moment alike, so the walk is needed once.
            int fewest = Math.Min(1, load.Prefetched);
            MemoryPlan bare = MemoryPlanner.Training(load with { Memory = memory, CacheBytes = 0, ReadingBytes = 0, SampleThreads = 1, Prefetched = fewest });
            foreach (TrainingLoad host in Hosts(load with { Memory = memory }))
            {
                long peak = bare.Peak + (host.BooksProcess ? host.DataBytes + ((host.Prefetched - fewest) * host.SampleBytes) + ProcessSketch.MoreMaking(host) : 0);
                least = Math.Min(least, peak);
                double cost = bare.Operations * (1 + Cost(host, load));
                if (peak > budget || cost >= bestCost) continue;
                (best, bestCost) = (host, cost);
            }
        }

        return best;
    }

    private static double Cost(TrainingLoad host, TrainingLoad load)
    {
        MemoryOptions memory = host.Memory;
        double cost = memory == load.Memory ? 0 : 1e-6;
        if (memory.RegionChunk > 0) cost += ChunkCost * Math.Log2(128.0 / Math.Min(64, memory.RegionChunk));
        if (memory.ImageChunk > 0) cost += ImageCost * Math.Log2((double)load.BatchSize / memory.ImageChunk);
        if (memory.Precision != load.Memory.Precision) cost += PrecisionCost;
        if (memory.StatePrecision != load.Memory.StatePrecision) cost += PrecisionCost;
        if (host.CacheBytes < load.CacheBytes) cost += HostCost * Math.Log2(load.CacheBytes / Math.Max(1048576.0, host.CacheBytes));
        if (host.Prefetched < load.Prefetched) cost += HostCost;
        return cost;
    }

    private static IEnumerable<TrainingLoad> Hosts(TrainingLoad load)
    {
        foreach (int ahead in new[] { load.Prefetched, Math.Min(load.Prefetched, load.BatchSize) }.Distinct())
            foreach (int share in load.BlockBytes is null ? new[] { 1, 2, 4, 8, 16, 0 } : [1, 0])
                yield return load with { Prefetched = ahead, CacheBytes = share == 0 ? 0 : load.CacheBytes / share, ReadingBytes = share == 0 ? load.BlockBytes ?? load.ReadingBytes : load.ReadingBytes };
    }
}
