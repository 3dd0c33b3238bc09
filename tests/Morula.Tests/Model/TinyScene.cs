using Morula.Backbone;
using Morula.Model;
using Morula.Proposals;
using Morula.Regions;
using Morula.Samples;
using Morula.Tests.Layers;
using Morula.Volumes;
using static TorchSharp.torch;

namespace Morula.Tests.Model;

/// <summary>A network of a few thousand weights, and an image with two bright balls on noise.</summary>
internal static class TinyScene
{
    private static readonly int[] Movie = [3, 16, 16, 16];

    public static ModelOptions Options(int rank) => new()
    {
        Rank = rank,
        Backbone = new BackboneOptions
        {
            StemWidth = 8,
            StemStride = [1],
            Stages = [new() { Width = 8 }, new() { Width = 16 }],
            PyramidWidth = 16,
        },
        Proposals = new ProposalOptions
        {
            Anchors = [[[6], [8]], [[10], [12]]],
            Width = 16,
            SampleCount = 64,
            CandidateCount = 200,
            ProposalCount = 20,
        },
        Regions = new RegionOptions
        {
            CanonicalSide = 8, BoxBins = 3, BoxWidth = 24, MaskBins = 4, MaskWidth = 8, MaskDepth = 1, TimeBins = 2, SampleCount = 16, MaskSampleCount = 6,
        },
    };

    public static Extent Extent(int rank) => rank == 4 ? new(Movie) : Morula.Volumes.Extent.Cube(rank, rank == 2 ? 40 : 24);

    /// <summary>Balls around 0.3 and 0.7 of every axis of space; over time both last as long as the movie.</summary>
    public static RegionTruth Truth(Extent extent)
    {
        var labels = new LabelVolume(extent, Spacing.Unit(extent.Rank), [.. Dense.Places(extent.Sizes.ToArray()).Select(place =>
            IsInside(place, extent, 0.3, 0.2) ? 3 : IsInside(place, extent, 0.7, 0.17) ? 5 : 0)]);
        IReadOnlyList<LabelledCell> cells = labels.Cells();
        float[] boxes = [.. cells.SelectMany(cell => (float[])[.. Floats(cell.Box.Lower), .. Floats(cell.Box.Upper)])];
        return new RegionTruth(boxes, [.. cells.Select(_ => 1)], [.. cells.Select(cell => cell.Label)], labels)
        {
            Events = extent.Rank == 4 ? [.. cells.Select(cell => cell.Label == 3 ? CellEvents.Born : CellEvents.Divides)] : [],
        };
    }

    public static Batch Batch(int rank, int images = 1) => Batch(Extent(rank), images);

    public static Batch Batch(Extent extent, int images)
    {
        RegionTruth truth = Truth(extent);
        var random = new Random(7);
        float[] voxels = [.. Enumerable.Range(0, images).SelectMany(_ => truth.Volume.Voxels.Select(label => (label == 0 ? 0f : 1f) + (random.NextSingle() * 0.2f)))];
        return new Batch(tensor(voxels, [images, 1, .. extent.Sizes.ToArray().Select(size => (long)size)]), [.. Enumerable.Repeat(truth, images)]);
    }

    private static bool IsInside(int[] place, Extent extent, double centre, double radius)
    {
        double sum = 0;
        for (int axis = extent.Rank - Math.Min(extent.Rank, 3); axis < extent.Rank; axis++)
            sum += Math.Pow(((place[axis] + 0.5) / extent[axis]) - centre, 2);
        return sum <= radius * radius;
    }

    private static float[] Floats(ReadOnlySpan<int> values) => [.. values.ToArray().Select(value => (float)value)];
}
