namespace Morula.Tracking;

/// <summary>How a cell, or the two daughters of one taken together, compares with a cell of an earlier frame.</summary>
/// <param name="Step">Distance of the centres once the drift is undone, in radii and over the root of the number of frames.</param>
/// <param name="VolumeChange">Logarithm of the later volume over the earlier.</param>
/// <param name="Overlap">Overlap (IoU) once the drift is undone.</param>
internal readonly record struct LinkFeatures(double Step, double VolumeChange, double Overlap);
