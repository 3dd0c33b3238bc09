using Morula.Options;

namespace Morula.Evaluation;

/// <summary>How a prediction is compared with the truth.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Overlap (IoU) thresholds of accuracy@t and its companions, in (0, 1]. Default 0.1, 0.2, ... 0.9 and 0.75.</summary>
    [Range(0.01, 1)]
    public IReadOnlyList<double> Thresholds { get; init; } = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9];

    /// <summary>
    /// Voxels a cell grows into the background before contacts are sought, so that cells parted by a thin unlabelled gap touch:
    /// 1 bridges up to 2 voxels, 2 up to 4. 0 to 10, default 1.
    /// </summary>
    [Range(0, 10)]
    public int ContactGap { get; init; } = 1;

    /// <summary>Fewest voxel faces two cells must share to be in contact, from 1, default 1.</summary>
    [Range(1, 1_000_000)]
    public int LeastContactFaces { get; init; } = 1;

    /// <summary>A label of the truth that means background beside 0 (ASTEC: 1). Default 0.</summary>
    public int TruthBackground { get; init; }

    /// <summary>A label of the prediction that means background beside 0 (ASTEC: 1). Default 0.</summary>
    public int PredictionBackground { get; init; }

    /// <summary>Largest relative difference, per axis, of two fields (size times spacing) that count as one, 0 to 0.5, default 0.03.</summary>
    [Range(0, 0.5)]
    public double FieldTolerance { get; init; } = 0.03;

    /// <summary>Stretch a prediction onto the grid of the truth whatever the files say of their spacing. Default false.</summary>
    public bool AnyField { get; init; }
}
