using Morula.Volumes;

namespace Morula.Inference;

/// <summary>What is known of one cell.</summary>
/// <param name="Label">Its label in the label volume.</param>
/// <param name="Score">Score of its detection, in [0, 1].</param>
/// <param name="Class">Class of its detection, from 1.</param>
/// <param name="Centre">Centroid, one number per axis: µm from the corner of the image; seconds from the first frame.</param>
/// <param name="Volume">µm³ (µm² at rank 2; at rank 4 averaged over the frames in which it exists).</param>
/// <param name="Surface">µm² (µm of outline at rank 2; averaged as the volume). Sides where the image ends do not count.</param>
/// <param name="Box">Tight box in voxels.</param>
/// <param name="Contacts">Cells it touches, by label.</param>
public sealed record CellRow(
    int Label, float Score, int Class, double[] Centre, double Volume, double Surface, Block Box, IReadOnlyList<CellContact> Contacts)
{
    /// <summary>Overlap (IoU) with the true cell that <see cref="CellQuality"/> foretells, in (0, 1); null where the network has not learnt to.</summary>
    public double? PredictedOverlap { get; init; }
}
