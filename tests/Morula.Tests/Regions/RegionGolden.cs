using Morula.Backbone;
using Morula.Layers;
using Morula.Regions;
using Morula.Tests.Geometry;
using Morula.Tests.Layers;
using Morula.Volumes;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Morula.Tests.Regions;

/// <summary>RoI heads of torchvision with their weights, one scene and what they made of it; see Golden/make_torchvision_goldens.py.</summary>
internal sealed class RegionGolden(string name, bool agnostic)
{
    private const int BoxWidth = 8;
    private const int MaskWidth = 4;

    public TorchvisionGolden Numbers { get; } = new(name, "Regions");

    public Extent Extent => new(Numbers.Ints("extent_y_x"));

    public IReadOnlyList<float[]> Proposals => [Numbers.Boxes("proposals_0"), Numbers.Boxes("proposals_1")];

    public IReadOnlyList<RegionTruth> Truth => [.. Enumerable.Range(0, 2).Select(image =>
    {
        int[] classes = Numbers.Ints($"classes_{image}");
        var labels = new LabelVolume(Extent, Spacing.Unit(2), Numbers.Ints($"labels_{image}"));
        return new RegionTruth(Numbers.Boxes($"truth_{image}"), classes, [.. Enumerable.Range(1, classes.Length)], labels);
    })];

    public Tensor Map() => tensor(Numbers.Floats("features"), Numbers.Get<long[]>("shape"));

    public RegionHeads Heads()
    {
        var options = new RegionOptions
        {
            ClassAgnostic = agnostic, BoxHead = BoxHeadKind.Whole, MaskUpsampling = MaskUpsampling.Features, Normalisation = Normalisation.None,
            BoxBins = 3, BoxWidth = BoxWidth, MaskBins = 6, MaskWidth = MaskWidth, MaskDepth = 1,
            SampleCount = 10_000, PositiveShare = 1, MaskSampleCount = 10_000,
            ScoreThreshold = 0.5, SuppressionPerClass = true, SuppressionOverlap = 0.4, DetectionCount = 7,
        };
        var heads = new RegionHeads(2, new BackboneOptions { PyramidWidth = 3 }, [[2, 2]], 2, options).Counted();
        Dictionary<string, Parameter> weights = Weights.Of(heads);
        foreach (var (own, other) in Names) Weights.Set(weights[own], Numbers.Floats(other));
        Weights.Set(weights["boxHead.deltas.weight"], [.. Permute(Numbers.Floats("box_predictor.bbox_pred.weight"), BoxWidth)]);
        Weights.Set(weights["boxHead.deltas.bias"], [.. Permute(Numbers.Floats("box_predictor.bbox_pred.bias"), 1)]);
        using var scope = NewDisposeScope();
        Tensor transposed = tensor(Numbers.Floats("mask_predictor.conv5_mask.weight"), [MaskWidth, MaskWidth * 4]);
        Weights.Set(weights["maskHead.spread.weight"], Dense.Of(transposed.transpose(0, 1)).Values);
        return heads;
    }

    private static IEnumerable<(string Own, string Other)> Names =>
    [
        ("boxHead.first.weight", "box_head.fc6.weight"), ("boxHead.first.bias", "box_head.fc6.bias"),
        ("boxHead.second.weight", "box_head.fc7.weight"), ("boxHead.second.bias", "box_head.fc7.bias"),
        ("boxHead.logits.weight", "box_predictor.cls_score.weight"), ("boxHead.logits.bias", "box_predictor.cls_score.bias"),
        ("maskHead.body.0.convolution.weight", "mask_head.0.0.weight"), ("maskHead.body.0.convolution.bias", "mask_head.0.0.bias"),
        ("maskHead.spreadBias", "mask_predictor.conv5_mask.bias"),
        ("maskHead.logits.weight", "mask_predictor.mask_fcn_logits.weight"), ("maskHead.logits.bias", "mask_predictor.mask_fcn_logits.bias"),
    ];

    /// <summary>Rows for dx dy dw dh become rows for dy dx dh dw.</summary>
    private static IEnumerable<float> Permute(float[] rows, int width) =>
        rows.Chunk(width).Chunk(4).SelectMany(row => (float[])[.. row[1], .. row[0], .. row[3], .. row[2]]);
}
