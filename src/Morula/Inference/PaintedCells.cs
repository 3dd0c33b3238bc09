using Morula.Model;
using Morula.Volumes;

namespace Morula.Inference;

/// <summary>Detections painted into one image.</summary>
/// <param name="Labels">Label i + 1 marks the voxels of <paramref name="Cells"/> i; 0 is background.</param>
/// <param name="Foreground">Per voxel, the mask probability of its owner; where nobody owns it, the highest of all masks. In [0, 1].</param>
/// <param name="Cells">The detections that became a label, best first, boxes as they came.</param>
public sealed record PaintedCells(LabelVolume Labels, Volume Foreground, Detections Cells)
{
    /// <summary>Of each cell, its place among the detections that were to be painted.</summary>
    public IReadOnlyList<int> Places { get; init; } = [];
}
