using Morula.Model;
using Morula.Volumes;

namespace Morula.Inference;

/// <summary>The cells of one image.</summary>
/// <param name="Labels">On the image's own grid; label i + 1 marks the voxels of <paramref name="Cells"/> i.</param>
/// <param name="Touching">The same cells before a gap was cut between them: who touches whom is measured here.</param>
/// <param name="Cells">Scores, classes and boxes (voxels of the working grid), best first.</param>
/// <param name="WorkingExtent">Sizes of the grid the network worked on.</param>
public sealed record Prediction(LabelVolume Labels, LabelVolume Touching, Detections Cells, Extent WorkingExtent)
{
    /// <summary>Of each cell, its place among the detections that were painted.</summary>
    public IReadOnlyList<int> Places { get; init; } = [];

    /// <summary>The table of its cells.</summary>
    /// <param name="quality">What is foretold of them.</param>
    public CellTable Measure(QualityOptions quality) => CellQuality.Foretell(CellTable.Measure(Labels, Cells, Touching), Labels.Extent, quality);
}
