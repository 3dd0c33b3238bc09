namespace Morula.Evaluation;

/// <summary>A truth cell and a predicted cell that share voxels.</summary>
/// <param name="Truth">Index of the truth cell in <see cref="Contingency.TruthLabels"/>.</param>
/// <param name="Predicted">Index of the predicted cell in <see cref="Contingency.PredictedLabels"/>.</param>
/// <param name="Voxels">Number of voxels in both.</param>
/// <param name="Iou">Overlap: voxels in both over voxels in either, in (0, 1].</param>
public readonly record struct LabelOverlap(int Truth, int Predicted, long Voxels, double Iou);
