using Morula.Layers;
using Morula.Options;

namespace Morula.Regions;

/// <summary>The region heads: candidate boxes to class, refined box and mask (He et al. 2017, Mask R-CNN).</summary>
public sealed record RegionOptions
{
    /// <summary>Side (cube root of the volume) in voxels of a box that is pooled from CanonicalLevel (Lin et al. 2017, eq. 1). Default 28.</summary>
    [Range(1, 10000)]
    public double CanonicalSide { get; init; } = 28;

    /// <summary>Pyramid level for boxes of the canonical side, 0 the finest; boxes twice as large go one level up. Default 0.</summary>
    [Range(0, 10)]
    public int CanonicalLevel { get; init; }

    /// <summary>Samples per axis in each bin of RoIAlign. Default 1.</summary>
    [Range(1, 4)]
    public int RoiSamples { get; init; } = 1;

    /// <summary>Bins over time at rank 4. Default 3.</summary>
    [Range(1, 64)]
    public int TimeBins { get; init; } = 3;

    /// <summary>One box and one mask for whatever class, rather than one per class. Default true.</summary>
    public bool ClassAgnostic { get; init; } = true;

    /// <summary>Shape of the box head. Default Whole.</summary>
    public BoxHeadKind BoxHead { get; init; } = BoxHeadKind.Whole;

    /// <summary>Bins along each axis of space for the box head. Default 5.</summary>
    [Range(1, 28)]
    public int BoxBins { get; init; } = 5;

    /// <summary>Channels of the box head. Default 128.</summary>
    [Range(1, 4096)]
    public int BoxWidth { get; init; } = 128;

    /// <summary>Bins along each axis of space for the mask head; the mask has twice as many. Default 14.</summary>
    [Range(1, 56)]
    public int MaskBins { get; init; } = 14;

    /// <summary>Channels of the mask head. Default 32.</summary>
    [Range(1, 1024)]
    public int MaskWidth { get; init; } = 32;

    /// <summary>Convolutions of the mask head before it doubles the resolution. Default 3.</summary>
    [Range(0, 8)]
    public int MaskDepth { get; init; } = 3;

    /// <summary>Where the mask head doubles its resolution. Default Logits.</summary>
    public MaskUpsampling MaskUpsampling { get; init; } = MaskUpsampling.Logits;

    /// <summary>Normalisation inside the heads. Default Group.</summary>
    public Normalisation Normalisation { get; init; } = Normalisation.Group;

    /// <summary>A proposal is positive from this overlap (IoU) with a cell, negative below. Default 0.5.</summary>
    [Range(0, 1)]
    public double PositiveOverlap { get; init; } = 0.5;

    /// <summary>Whether the true boxes join the proposals in training. Default true.</summary>
    public bool AddTruth { get; init; } = true;

    /// <summary>Regions that enter the loss, per image. Default 64.</summary>
    [Range(1, 10000)]
    public int SampleCount { get; init; } = 64;

    /// <summary>Largest share of positives among them. Default 0.5.</summary>
    [Range(0, 1)]
    public double PositiveShare { get; init; } = 0.5;

    /// <summary>Positives whose mask enters the loss, per image. Default 24.</summary>
    [Range(1, 10000)]
    public int MaskSampleCount { get; init; } = 24;

    /// <summary>
    /// Whether training computes the masks of negative regions too, as the reference does, though only positives enter the loss: the
    /// same gradients for more time and memory. Default false.
    /// </summary>
    public bool MaskNegatives { get; init; }

    /// <summary>Regions whose masks are computed at once in prediction: bounds memory. Default 64.</summary>
    [Range(1, 10000)]
    public int MaskChunk { get; init; } = 64;

    /// <summary>Detections below this score are dropped. Default 0.3.</summary>
    [Range(0, 1)]
    public double ScoreThreshold { get; init; } = 0.3;

    /// <summary>Overlap (IoU) above which the worse of two detections is dropped. Default 0.5.</summary>
    [Range(0, 1)]
    public double SuppressionOverlap { get; init; } = 0.5;

    /// <summary>Whether only detections of one class suppress each other, so that one cell may be found once per class. Default false.</summary>
    public bool SuppressionPerClass { get; init; }

    /// <summary>Most detections per training sample; in a larger image or tile as many more as it is larger. Default 300.</summary>
    [Range(1, 100000)]
    public int DetectionCount { get; init; } = 300;

    /// <summary>Deviation that centre shifts are divided by. Default 0.1.</summary>
    [Range(0.001, 10)]
    public double CentreDeviation { get; init; } = 0.1;

    /// <summary>Deviation that log sizes are divided by. Default 0.2.</summary>
    [Range(0.001, 10)]
    public double SizeDeviation { get; init; } = 0.2;
}
