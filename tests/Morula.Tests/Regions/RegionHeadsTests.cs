using Morula.Backbone;
using Morula.Geometry;
using Morula.Layers;
using Morula.Proposals;
using Morula.Regions;
using Morula.Tests.Geometry;
using Morula.Tests.Layers;
using Morula.Tests.Proposals;
using Morula.Volumes;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Regions;

public sealed class RegionHeadsTests
{
    private const int Classes = 2;
    private static readonly BackboneOptions Backbone = new() { PyramidWidth = 3 };
    private static readonly Extent Image = new(3, 12, 14, 16);

    [Theory]
    [Ranks(true, BoxHeadKind.Whole, MaskUpsampling.Logits), Ranks(false, BoxHeadKind.Pooled, MaskUpsampling.Features)]
    [NoTensorLeaks]
    public void Losses_are_what_their_definitions_say(int rank, bool agnostic, BoxHeadKind box, MaskUpsampling upsampling)
    {
        using var scope = NewDisposeScope();
        RegionOptions options = Options with { ClassAgnostic = agnostic, BoxHead = box, MaskUpsampling = upsampling };
        using var heads = new RegionHeads(rank, Backbone, Strides(rank), Classes, options).Counted();
        Weights.Randomise(heads, 3);
        var (map, proposals, truth) = Case(rank);
        RegionLosses losses = heads.Losses([map], [proposals], [truth], new Random(1));

        float[] all = [.. truth.Boxes, .. proposals];
        int[] matches = Match(all, truth.Boxes, rank);
        int[] positives = [.. Enumerable.Range(0, matches.Length).Where(index => matches[index] >= 0)];
        Assert.InRange(positives.Length, 4, matches.Length - 3);
        int[] kinds = [.. matches.Select(cell => cell < 0 ? 0 : truth.Classes[cell])];
        int[] bins = [.. Enumerable.Range(0, rank).Select(axis => rank == 4 && axis == 0 ? 2 : 3)];
        var pooling = new RegionPooling(rank, Strides(rank), options);
        using var boxHead = new BoxHead(rank, 3, new Extent(bins).Count, Classes, Backbone, options).Counted();
        Weights.Copy(heads, "boxHead.", boxHead);
        var (logits, deltas, _) = boxHead.call(pooling.Pool([map], all, new int[matches.Length], new Extent(bins)));
        float[][] scores = [.. Dense.Of(logits).Values.Chunk(Classes + 1)];
        Assert.Equal(SlowLosses.CrossEntropy([.. scores.Zip(kinds)]), losses.Class.item<float>(), 1e-4);

        Dense shifts = Dense.Of(deltas.reshape(matches.Length, agnostic ? 1 : Classes + 1, 2 * rank));
        Assert.Equal(SlowLosses.SmoothL1(positives.SelectMany(index => SlowLosses.Encode(
            truth.Boxes.AsSpan(matches[index] * 2 * rank, 2 * rank), all.AsSpan(index * 2 * rank, 2 * rank))
            .Select((code, column) => ((double)shifts[[index, agnostic ? 0 : kinds[index], column]], code)))), losses.Box.item<float>(), 1e-3);

        using var maskHead = new MaskHead(rank, 3, Classes, Backbone, options).Counted();
        Weights.Copy(heads, "maskHead.", maskHead);
        float[] own = Rows.Take<float>(all, 2 * rank, positives);
        Tensor masks = maskHead.call(pooling.Pool([map], own, new int[positives.Length], new Extent(bins)));
        Assert.Equal(heads.MaskExtent.Sizes.ToArray().Select(size => (long)size), masks.shape[2..]);
        Dense channels = Dense.Of(masks.flatten(2));
        float[] targets = MaskTargets.Cut(truth.Volume, own, [.. positives.Select(index => truth.Labels[matches[index]])], heads.MaskExtent);
        int size = (int)heads.MaskExtent.Count;
        Assert.Equal(SlowLosses.BinaryCrossEntropy(Enumerable.Range(0, targets.Length).Select(place =>
            ((double)channels[[place / size, agnostic ? 0 : kinds[positives[place / size]], place % size]], (double)targets[place]))), losses.Mask.item<float>(), 1e-4);
    }

    [Theory]
    [Ranks(true, MaskUpsampling.Features), Ranks(false, MaskUpsampling.Features), Ranks(false, MaskUpsampling.Logits)]
    [NoTensorLeaks]
    public void Masks_are_the_same_with_and_without_a_graph(int rank, bool agnostic, MaskUpsampling upsampling)
    {
        using var scope = NewDisposeScope();
        var options = new RegionOptions { MaskWidth = 8, MaskDepth = 2, ClassAgnostic = agnostic, MaskUpsampling = upsampling };
        using var head = new MaskHead(rank, 4, Classes, new BackboneOptions(), options).Counted();
        Weights.Randomise(head, 3);
        Tensor features = randn([3, 4, .. Enumerable.Range(0, rank).Select(axis => 4L + axis)]);
        Tensor taught = head.call(features);
        Assert.True(taught.requires_grad);
        using var guard = no_grad();
        Assert.True(allclose(taught, head.call(features), 1e-4, 1e-5));
    }

    [Theory, InlineData("per_class", false), InlineData("agnostic", true)]
    [NoTensorLeaks]
    public void Losses_and_detections_equal_those_of_torchvision(string name, bool agnostic)
    {
        using var scope = NewDisposeScope();
        var golden = new RegionGolden(name, agnostic);
        using RegionHeads heads = golden.Heads();
        Tensor map = golden.Map();
        RegionLosses losses = heads.Losses([map], golden.Proposals, golden.Truth, new Random(1));
        Assert.Equal(golden.Numbers.Number("class_loss"), losses.Class.item<float>(), 1e-5);
        Assert.Equal(golden.Numbers.Number("box_loss"), losses.Box.item<float>(), 1e-5);
        Assert.Equal(golden.Numbers.Number("mask_loss"), losses.Mask.item<float>(), 1e-5);
        IReadOnlyList<RegionDetections> found = heads.Detect([map], golden.Proposals, golden.Extent);
        for (int image = 0; image < 2; image++)
        {
            Dense.AssertClose(golden.Numbers.Boxes($"found_{image}"), found[image].Boxes, 1e-4f);
            Dense.AssertClose(golden.Numbers.Floats($"scores_{image}"), found[image].Scores, 1e-5f);
            Assert.Equal(golden.Numbers.Ints($"kinds_{image}"), found[image].Classes);
            Dense.AssertClose(golden.Numbers.Floats($"masks_{image}"), found[image].Masks, 1e-4f);
        }
    }

    [Theory, Ranks, NoTensorLeaks]
    public void Masks_do_not_depend_on_how_many_are_computed_at_once(int rank)
    {
        using var scope = NewDisposeScope();
        RegionOptions options = Options with { ScoreThreshold = 0, SuppressionOverlap = 1, DetectionCount = 20 };
        using var heads = new RegionHeads(rank, Backbone, Strides(rank), Classes, options).Counted();
        using var chunked = new RegionHeads(rank, Backbone, Strides(rank), Classes, options with { MaskChunk = 3 }).Counted();
        Weights.Copy(heads, string.Empty, chunked);
        var (map, proposals, truth) = Case(rank);
        RegionDetections together = heads.Detect([map], [proposals], truth.Volume.Extent)[0];
        RegionDetections apart = chunked.Detect([map], [proposals], truth.Volume.Extent)[0];
        Assert.True(together.Scores.Length > 6);
        Assert.Equal(together.Scores.Length * heads.MaskExtent.Count, together.Masks.Length);
        Assert.Equal(together.Boxes, apart.Boxes);
        Dense.AssertClose(together.Masks, apart.Masks, 1e-5f);
    }

    [Theory, Ranks, NoTensorLeaks]
    public void Boxes_alone_are_those_that_masks_come_with(int rank)
    {
        using var scope = NewDisposeScope();
        using var heads = new RegionHeads(rank, Backbone, Strides(rank), Classes, Options with { ScoreThreshold = 0 }).Counted();
        var (map, proposals, truth) = Case(rank);
        RegionDetections all = heads.Detect([map], [proposals], truth.Volume.Extent)[0], boxes = heads.Detect([map], [proposals], truth.Volume.Extent, withMasks: false)[0];
        Assert.Equal(all.Boxes, boxes.Boxes);
        Assert.Equal(all.Scores, boxes.Scores);
        Assert.Equal(all.Classes, boxes.Classes);
        Assert.NotEmpty(all.Masks);
        Assert.Empty(boxes.Masks);
    }

    [Theory, Ranks, NoTensorLeaks]
    public void Masks_of_negatives_change_no_loss_and_no_gradient(int rank)
    {
        using var scope = NewDisposeScope();
        using var lean = new RegionHeads(rank, Backbone, Strides(rank), Classes, Options).Counted();
        using var all = new RegionHeads(rank, Backbone, Strides(rank), Classes, Options with { MaskNegatives = true }).Counted();
        Weights.Copy(lean, string.Empty, all);
        var (map, proposals, truth) = Case(rank);
        foreach (RegionHeads heads in new[] { lean, all })
        {
            RegionLosses losses = heads.Losses([map], [proposals], [truth], new Random(1));
            losses.Mask.backward();
            RoiAlign.EndBackward();
        }

        foreach (var ((name, first), (_, second)) in lean.named_parameters().Zip(all.named_parameters()).Where(pair => pair.First.name.StartsWith("maskHead")))
        {
            using Tensor gradient = first.grad!, other = second.grad!;
            Assert.True(gradient.allclose(other, 1e-4, 1e-6), name);
        }
    }

    [Theory, Ranks, NoTensorLeaks]
    public void Without_cells_only_the_class_teaches(int rank)
    {
        using var scope = NewDisposeScope();
        using var heads = new RegionHeads(rank, Backbone, Strides(rank), Classes, Options).Counted();
        var (map, proposals, truth) = Case(rank);
        RegionLosses losses = heads.Losses([map], [proposals], [truth with { Boxes = [], Classes = [], Labels = [] }], new Random(1));
        Assert.True(losses.Class.item<float>() > 0);
        Assert.Equal(0, losses.Box.item<float>());
        Assert.Equal(0, losses.Mask.item<float>());
        (losses.Class + losses.Box + losses.Mask).backward();
        RoiAlign.EndBackward();
    }

    [Theory, Ranks, NoTensorLeaks]
    public void No_proposals_give_no_detections(int rank)
    {
        using var scope = NewDisposeScope();
        using var heads = new RegionHeads(rank, Backbone, Strides(rank), Classes, Options).Counted();
        RegionDetections found = heads.Detect([Case(rank).Map], [[]], Extent.Cube(rank, 8))[0];
        Assert.Empty(found.Scores);
        Assert.Empty(found.Masks);
    }

    [Fact, NoTensorLeaks]
    public void Time_has_its_own_number_of_bins()
    {
        using var scope = NewDisposeScope();
        using var heads = new RegionHeads(4, Backbone, Strides(4), Classes, Options with { MaskBins = 1, BoxBins = 1, TimeBins = 3 }).Counted();
        Assert.Equal(new Extent(3, 2, 2, 2), heads.MaskExtent);
    }

    private static RegionOptions Options { get; } = new()
    {
        BoxBins = 3, BoxWidth = 8, MaskBins = 3, MaskWidth = 8, MaskDepth = 1, TimeBins = 2,
        SampleCount = 10_000, PositiveShare = 1, MaskSampleCount = 10_000,
    };

    private static int[][] Strides(int rank) => [[.. Enumerable.Range(0, rank).Select(axis => rank == 4 && axis == 0 ? 1 : 2)]];

    private static int[] Match(float[] candidates, float[] truth, int rank) =>
        [.. Enumerable.Range(0, candidates.Length / (2 * rank)).Select(candidate =>
        {
            float[] overlaps = [.. Enumerable.Range(0, truth.Length / (2 * rank)).Select(cell => RandomBoxes.Overlap(truth, cell, candidates, candidate, rank))];
            return overlaps.Max() >= 0.5f ? Array.IndexOf(overlaps, overlaps.Max()) : -1;
        })];

    /// <summary>Two box-shaped cells, proposals beside each and far from both.</summary>
    private static (Tensor Map, float[] Proposals, RegionTruth Truth) Case(int rank)
    {
        var extent = new Extent(Image.Sizes[^rank..]);
        int[] lower = [.. new[] { 0, 1, 2, 1 }[^rank..]], upper = [.. new[] { 3, 6, 7, 7 }[^rank..]];
        int[] further = [.. new[] { 0, 7, 6, 8 }[^rank..]], end = [.. new[] { 3, 12, 13, 15 }[^rank..]];
        var labels = new LabelVolume(extent, Spacing.Unit(rank), [.. Dense.Places(extent.Sizes.ToArray()).Select(place =>
            Inside(place, lower, upper) ? 4 : Inside(place, further, end) ? 7 : 0)]);
        float[] truth = [.. Floats(lower), .. Floats(upper), .. Floats(further), .. Floats(end)];
        var random = new Random(rank);
        float[] near = [.. truth.Chunk(2 * rank).SelectMany(box => Enumerable.Range(0, 3).SelectMany(_ => box.Select(value => value + (random.NextSingle() * 0.6f) - 0.3f)))];
        float[] far = [.. RandomBoxes.Make(rank, rank, 6, side: 12, largest: 4)];
        int[] size = [.. extent.Sizes.ToArray().Select((voxels, axis) => rank == 4 && axis == 0 ? voxels : voxels / 2)];
        return (Dense.Random(2, [1, 3, .. size]).ToTensor(), [.. near, .. far], new RegionTruth(truth, [1, 2], [4, 7], labels));
    }

    private static bool Inside(int[] place, int[] lower, int[] upper) => !place.Where((at, axis) => at < lower[axis] || at >= upper[axis]).Any();

    private static IEnumerable<float> Floats(int[] values) => values.Select(value => (float)value);
}
