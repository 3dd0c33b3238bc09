using Morula.Volumes;

namespace Morula.Planning;

/// <summary>RoIAlign in slices of sixteen channels, from as many levels as the anchors' sides spread over.</summary>
internal sealed class RegionSketch(ModelShape model, Extent bins, string stage)
{
    private const string Pooling = "RoIAlign";
    private const int LaneBytes = 64;

    /// <summary>Features [R, C, *bins], held for the caller.</summary>
    public Sketch Pool(Ledger ledger, IReadOnlyList<Sketch> levels, long regions)
    {
        Sketch pooled = ledger.Make(stage, Shape(levels[0], regions));
        ledger.Add(Pooling, Slice(levels[0]));
        ledger.Add(Pooling, -Slice(levels[0]));
        // The node of the graph hands out a copy; boxes of several levels are put together and into order.
        ledger.Add(Pooling, pooled.Bytes * (model.RegionLevels > 1 ? 2 : 1));
        ledger.Add(Pooling, -pooled.Bytes * (model.RegionLevels > 1 ? 2 : 1));
        return pooled;
    }

    /// <summary>The backward pass; the gradient is let go and the levels gather theirs.</summary>
    public void Backward(Ledger ledger, LevelSketches levels, Sketch gradient)
    {
        long packed = gradient.Shape[0] * bins.Count * LaneBytes;
        if (model.RegionLevels > 1) ledger.Add(Pooling, gradient.Bytes);
        for (int level = 0; level < model.RegionLevels; level++)
        {
            Sketch map = levels.Maps[level];
            Sketch spread = ledger.Make(BackboneSketch.Pyramid, map.Shape);
            ledger.Add(Pooling, Slice(map) + packed);
            ledger.Add(Pooling, -Slice(map) - packed);
            levels.Gather(level, spread, isShared: true);
        }

        if (model.RegionLevels > 1) ledger.Add(Pooling, -gradient.Bytes);
        ledger.Release(gradient);
    }

    private long[] Shape(Sketch map, long regions) => [regions, map.Shape[1], .. bins.Sizes.ToArray().Select(size => (long)size)];

    private static long Slice(Sketch map) => map.Space.Aggregate((long)LaneBytes, (product, size) => product * size);
}
