using Morula.Volumes;

namespace Morula.Model;

/// <summary>Cells found in one image, best first, in plain arrays on the host.</summary>
/// <param name="Rank">Number of axes, D.</param>
/// <param name="Boxes">N x 2D: lowers then uppers, half-open, in voxels of the image, axes in memory order.</param>
/// <param name="Scores">N scores in [0, 1], descending.</param>
/// <param name="Classes">N class indices from 1 (0 is background).</param>
/// <param name="MaskExtent">Sizes of one mask, one per axis.</param>
/// <param name="Masks">N x MaskExtent probabilities in [0, 1]: a regular grid of bins that fills the box.</param>
public sealed record Detections(int Rank, float[] Boxes, float[] Scores, int[] Classes, Extent MaskExtent, float[] Masks)
{
    /// <summary>N x 2 probabilities of movies: the cell is born of a mother, divides, within what the network saw; empty without time.</summary>
    public float[] Events { get; init; } = [];

    /// <summary>Number of detections.</summary>
    public int Count => Scores.Length;

    /// <summary>The box of one detection: 2D numbers.</summary>
    public ReadOnlySpan<float> Box(int index) => Boxes.AsSpan(index * 2 * Rank, 2 * Rank);

    /// <summary>The mask of one detection, last axis fastest.</summary>
    public ReadOnlySpan<float> Mask(int index) => Masks.AsSpan((int)(index * MaskExtent.Count), (int)MaskExtent.Count);

    /// <summary>No detection.</summary>
    public static Detections None(Extent maskExtent) => new(maskExtent.Rank, [], [], [], maskExtent, []);
}
