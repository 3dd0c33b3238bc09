using Morula.Model;

namespace Morula.Planning;

/// <summary>The means that bound the memory of a step, from those that cost nothing to those that cost a second forward pass.</summary>
public static class MemoryLadder
{
    private const int FirstChunk = 32;
    private const int SmallestChunk = 4;

    /// <summary>The next notch down, and what it changes in words; null where nothing is left.</summary>
    /// <param name="memory">Where the ladder stands.</param>
    /// <param name="model">The network.</param>
    /// <param name="batchSize">Images of a step.</param>
    public static (MemoryOptions Memory, string Change)? StepDown(MemoryOptions memory, ModelOptions model, int batchSize)
    {
        if (!memory.Staged) return (memory with { Staged = true }, "Staged = true");
        if (memory.RegionChunk is 0 or > FirstChunk) return Chunked(FirstChunk);
        if (memory.RegionChunk > SmallestChunk) return Chunked(Math.Max(SmallestChunk, memory.RegionChunk / 2));
        int images = memory.ImageChunk > 0 ? Math.Min(memory.ImageChunk, batchSize) : batchSize;
        if (images > 1) return (memory with { ImageChunk = images / 2 }, $"ImageChunk = {images / 2}");
        if (!memory.RecomputedPyramid) return (memory with { RecomputedPyramid = true }, "RecomputedPyramid = true");
        int stages = memory.RecomputedStages + 1;
        if (stages <= model.Backbone.Stages.Count) return (memory with { RecomputedStages = stages }, $"RecomputedStages = {stages}");
        return memory.RegionChunk > 1 ? Chunked(memory.RegionChunk / 2) : null;

        (MemoryOptions, string) Chunked(int size) => (memory with { RegionChunk = size }, $"RegionChunk = {size}");
    }

    /// <summary>Every combination of means, the present numbers of precision and, if allowed, the narrower ones.</summary>
    internal static IEnumerable<MemoryOptions> All(MemoryOptions memory, ModelOptions model, int batchSize, bool allowPrecision)
    {
        MemoryOptions[] precise = allowPrecision
            ? [memory, memory with { StatePrecision = Layers.Precision.BFloat16 }, memory with { StatePrecision = Layers.Precision.BFloat16, Precision = Layers.Precision.BFloat16 }]
            : [memory];
        return from width in precise
               from chunk in Chunks(memory.RegionChunk)
               from images in Halves(batchSize)
               from pyramid in new[] { false, true }
               from stages in Enumerable.Range(0, model.Backbone.Stages.Count + 1)
               select width with { Staged = true, RegionChunk = chunk, ImageChunk = images == batchSize ? 0 : images, RecomputedPyramid = pyramid, RecomputedStages = stages };
    }

    private static IEnumerable<int> Chunks(int present) => new[] { present, FirstChunk, 16, 8, SmallestChunk, 2, 1 }.Distinct().Where(size => present == 0 || size <= present);

    private static IEnumerable<int> Halves(int images)
    {
        for (; images > 0; images /= 2) yield return images;
    }
}
