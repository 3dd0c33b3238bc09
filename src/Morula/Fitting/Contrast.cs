namespace Morula.Fitting;

/// <summary>Mean intensities, 0 at the low and 1 at the high percentile that training normalises by; NaN where there is no such voxel.</summary>
/// <param name="Boundary">At the borders of cells and in the narrow gaps between them.</param>
/// <param name="Inside">Well inside cells.</param>
/// <param name="Outside">Well outside them.</param>
/// <param name="Touching">Share, in [0, 1], of the neighbouring cells along a row that touch, the others being kept apart by a gap.</param>
internal readonly record struct Contrast(double Boundary, double Inside, double Outside, double Touching);
