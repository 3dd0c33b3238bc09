using Morula.Options;

namespace Morula.Evaluation;

/// <summary>How a tracked movie is compared with the truth.</summary>
public sealed record TrackingEvaluationOptions
{
    /// <summary>How frames are compared.</summary>
    public EvaluationOptions Images { get; init; } = new();

    /// <summary>First frame number that is compared; null: the first that either movie has. Default null.</summary>
    [Range(0, int.MaxValue)]
    public int? FirstFrame { get; init; }

    /// <summary>Last frame number that is compared, included; null: the last that either movie has. Default null.</summary>
    [Range(0, int.MaxValue)]
    public int? LastFrame { get; init; }

    /// <summary>Numbers of frames, from 1, over which lineages are followed; the whole movie is followed beside them. Default 5 and 10.</summary>
    [Range(1, 1_000_000)]
    public IReadOnlyList<int> LineageFrames { get; init; } = [5, 10];

    /// <summary>Largest i of BC(i), in frames: 0 to 100, default 3.</summary>
    [Range(0, 100)]
    public int MostDivisionFrames { get; init; } = 3;
}
