using Morula.Options;
using Morula.Samples;

namespace Morula.Inference;

/// <summary>How a network of rank 4 goes through a movie: in windows of a few frames that overlap.</summary>
public sealed record WindowOptions
{
    /// <summary>Frames that the network sees at once; 0: as many as in training. Default 0.</summary>
    [Range(0, 64)]
    public int Frames { get; init; }

    /// <summary>
    /// Frames by which a cell's box may fail to reach the middle of a frame that the cell is taken to be in all the same, if its mask is: boxes
    /// begin and end some tenths of a frame too late or too early. Default 0.25.
    /// </summary>
    [Range(0, 0.5)]
    public double Slack { get; init; } = 0.25;

    /// <summary>Overlap (IoU) of two cells' boxes in one frame above which the worse is left out of it. Default 0.5.</summary>
    [Range(0, 1)]
    public double SuppressionOverlap { get; init; } = 0.5;

    /// <summary>Frames from one window to the next, each of which keeps so many from its middle; at 1 windows share all frames but one. Default 1.</summary>
    [Range(1, 64)]
    public int Step { get; init; } = 1;

    /// <summary>Frames that a network of rank 4 sees at once, where it was trained with these samples.</summary>
    internal int FramesOf(SampleOptions samples) => Frames > 0 ? Frames : samples.CropAt(rank: 4)[0];
}
