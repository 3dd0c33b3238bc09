using Morula.Backbone;
using Morula.Inference;
using Morula.Layers;
using Morula.Model;
using Morula.Options;
using Morula.Proposals;
using Morula.Regions;
using Morula.Samples;
using Morula.Training;

namespace Morula;

/// <summary>Whole settings by name.</summary>
public static class Presets
{
    /// <summary>Name of each preset and what it holds.</summary>
    public static IReadOnlyDictionary<string, MorulaOptions> All { get; } = new SortedDictionary<string, MorulaOptions>(StringComparer.Ordinal)
    {
        ["large"] = Large,
        ["lean"] = Lean,
        ["lean4d"] = Lean4D,
        ["nano"] = Nano,
        ["reference"] = Reference,
    };

    /// <summary>A small network for cells: one class-agnostic box and mask, three fine levels, group normalisation, anchors fitted to the cells.</summary>
    public static MorulaOptions Lean => new()
    {
        Preset = "lean",
        Model = new ModelOptions
        {
            Backbone = Fine(stem: 16, [(16, 1), (64, 2), (96, 2)], pyramid: 32) with { SmoothedFrom = 1 },
            Proposals = new ProposalOptions { FirstLevel = 1, Width = 48 },
            Regions = new RegionOptions { BoxBins = 5, BoxWidth = 128, MaskBins = 14, MaskWidth = 32, MaskDepth = 3 },
        },
        Inference = Gaps,
    };

    /// <summary>
    /// The small network for movies: clips of three frames, each cell one box and one mask through time, and whether it is born or divides.
    /// </summary>
    public static MorulaOptions Lean4D => Lean with
    {
        Preset = "lean4d",
        Samples = Lean.Samples with { Crop = [3, 64, 64, 64] },
        Model = Lean.Model with { Rank = 4, Proposals = Lean.Model.Proposals with { AnchorFrames = [1, 3], CutInTime = true } },
    };

    /// <summary>The smallest network: for many images in little time, or little memory, at some loss of quality.</summary>
    public static MorulaOptions Nano => new()
    {
        Preset = "nano",
        Model = new ModelOptions
        {
            Backbone = Fine(stem: 8, [(16, 1), (32, 1), (64, 1)], pyramid: 24) with { SmoothedFrom = 1 },
            Proposals = new ProposalOptions { FirstLevel = 1, Width = 32 },
            Regions = new RegionOptions { BoxBins = 5, BoxWidth = 96, MaskBins = 14, MaskWidth = 24, MaskDepth = 2 },
        },
        Inference = Gaps,
    };

    /// <summary>The largest of the family: for large data sets, several classes or difficult images.</summary>
    public static MorulaOptions Large => new()
    {
        Preset = "large",
        Model = new ModelOptions
        {
            Backbone = Fine(stem: 32, [(32, 2), (96, 3), (160, 3)], pyramid: 64),
            Proposals = new ProposalOptions { FirstLevel = 1, Width = 96 },
            Regions = new RegionOptions { BoxBins = 7, BoxWidth = 256, MaskBins = 14, MaskWidth = 64, MaskDepth = 4 },
        },
        Inference = Gaps,
    };

    /// <summary>
    /// The published 3D Mask R-CNN (David and Faure, Front. Bioinform. 2025) as it was trained on its toy set: three classes, crops of 128 voxels.
    /// </summary>
    public static MorulaOptions Reference => new()
    {
        Preset = "reference",
        Samples = new SampleOptions { Crop = [128], LowPercentile = 0, HighPercentile = 100 }.Plain(),
        Model = new ModelOptions
        {
            Classes = ["ellipsoid", "cuboid", "pyramid"],
            Backbone = ReferenceBackbone,
            Proposals = ReferenceProposals,
            Regions = ReferenceRegions,
        },
        Training = new TrainingOptions
        {
            Steps = 190_000,
            Optimizer = OptimizerKind.Sgd,
            LearningRate = 1e-3,
            Schedule = ScheduleKind.Constant,
            WarmupSteps = 0,
            WeightDecay = 0,
            MeanSquarePenalty = 1e-4,
            Memory = new MemoryOptions { Staged = false },
        },
        Inference = new InferenceOptions { Refinement = new RefinementOptions { Enabled = false } },
    };

    // What a network is not sure of is kept in gaps between cells alone.
    private static InferenceOptions Gaps => new() { Painting = new PaintOptions { SureScore = 0.7 } };

    // A stem of 5 voxels and stride 2, then stages of basic blocks, each but the first of stride 2.
    private static BackboneOptions Fine(int stem, (int Width, int Depth)[] stages, int pyramid) => new()
    {
        StemWidth = stem,
        StemKernel = 5,
        Stages = [.. stages.Select((stage, index) => new StageOptions { Width = stage.Width, Depth = stage.Depth, Stride = [index == 0 ? 1 : 2] })],
        PyramidWidth = pyramid,
    };

    private static BackboneOptions ReferenceBackbone => new()
    {
        StemWidth = 64,
        StemKernel = 7,
        StemStride = [2],
        StemPool = [2],
        Block = BlockKind.Bottleneck,
        Normalisation = Normalisation.Affine,
        Stages =
        [
            new StageOptions { Width = 256, Depth = 3, Stride = [1] },
            new StageOptions { Width = 512, Depth = 4, Stride = [2] },
            new StageOptions { Width = 1024, Depth = 6, Stride = [2] },
            new StageOptions { Width = 2048, Depth = 3, Stride = [2] },
        ],
        PyramidWidth = 256,
        PyramidNormalisation = Normalisation.None,
        ExtraLevels = 1,
    };

    private static ProposalOptions ReferenceProposals => new()
    {
        Anchors = [[[32]], [[64]], [[128]], [[256]], [[512]]],
        Width = 512,
        Normalisation = Normalisation.None,
        PositiveOverlap = 0.7,
        NegativeOverlap = 0.3,
        SampleCount = 1500,
        CandidateCount = 2000,
        SuppressionOverlap = 0.7,
        ProposalCount = 500,
    };

    private static RegionOptions ReferenceRegions => new()
    {
        CanonicalSide = 224,
        CanonicalLevel = 2,
        ClassAgnostic = false,
        BoxBins = 7,
        BoxWidth = 512,
        MaskBins = 14,
        MaskWidth = 256,
        MaskDepth = 4,
        MaskUpsampling = MaskUpsampling.Features,
        Normalisation = Normalisation.None,
        AddTruth = false,
        SampleCount = 40,
        PositiveShare = 1.0 / 3,
        MaskSampleCount = 40,
        MaskNegatives = true,
        ScoreThreshold = 0.95,
        SuppressionOverlap = 0.3,
        SuppressionPerClass = true,
        DetectionCount = 40,
    };

    /// <summary>The preset of a name.</summary>
    /// <exception cref="OptionsException">There is none; the message lists those there are.</exception>
    internal static MorulaOptions Named(string name, string source) => All.TryGetValue(name, out MorulaOptions? preset)
        ? preset
        : throw new OptionsException(source, $"Preset is \"{name}\"; expected one of {string.Join(", ", All.Keys)}.");
}
