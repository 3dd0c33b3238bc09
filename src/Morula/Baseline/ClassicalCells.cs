using Morula.Volumes;

namespace Morula.Baseline;

/// <summary>Cells that a classical segmentation found in one image.</summary>
/// <param name="Labels">On the grid of the image; label i + 1 is the cell of score i.</param>
/// <param name="Scores">Depth of the basin of each cell as a share of the range between the percentiles, held to [0, 1], descending.</param>
public sealed record ClassicalCells(LabelVolume Labels, float[] Scores);
