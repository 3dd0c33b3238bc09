namespace Morula.Samples;

/// <summary>A cell to be found in a sample.</summary>
/// <param name="Label">Its label in the sample's label volume.</param>
/// <param name="Class">Its class, from 1 (0 is background).</param>
/// <param name="Box">2D numbers: lowers then uppers, half-open, in voxels of the sample, axes in memory order.</param>
public sealed record TruthCell(int Label, int Class, float[] Box)
{
    /// <summary>What befalls it inside the sample; null where no lineage tells.</summary>
    public CellEvents? Events { get; init; }
}
