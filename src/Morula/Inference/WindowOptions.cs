using Morula.Options;

namespace Morula.Inference;

/// <summary>How a network of rank 4 goes through a movie: in windows of a few frames that overlap.</summary>
public sealed record WindowOptions
{
    /// <summary>Frames that the network sees at once; 0: as many as in training. Default 0.</summary>
    [Range(0, 64)]
    public int Frames { get; init; }

    /// <summary>Frames from one window to the next; windows of one step share all frames but one. Default 1.</summary>
    [Range(1, 64)]
    public int Step { get; init; } = 1;
}
