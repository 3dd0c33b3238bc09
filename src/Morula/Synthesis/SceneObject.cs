using Morula.Volumes;

namespace Morula.Synthesis;

/// <summary>The truth about one object of a toy scene.</summary>
/// <param name="Label">Its label in the label volume, from 1.</param>
/// <param name="Shape">Its class.</param>
/// <param name="Intensity">Constant added to its voxels before noise; low is hard to see.</param>
/// <param name="Box">Tight box in voxels, half-open.</param>
/// <param name="AspectRatios">
/// Ratios of its lengths before rotation, each at least 1: longest to middle, longest to shortest, middle to shortest
/// (rank 2: one ratio).
/// </param>
public sealed record SceneObject(int Label, ToyShape Shape, double Intensity, Block Box, IReadOnlyList<double> AspectRatios)
{
    /// <summary>Longest length over shortest before rotation, at least 1.</summary>
    public double Elongation => AspectRatios.Max();
}
