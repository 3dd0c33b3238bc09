using Morula.Volumes;

namespace Morula.Samples;

/// <summary>What the index of a data set knows of a pair on one working grid.</summary>
/// <param name="Working">Sizes of the working grid.</param>
/// <param name="Spacing">Its step, µm and seconds.</param>
/// <param name="Scale">Intensities of the two percentiles.</param>
/// <param name="Cells">All labels but 0, with tight boxes and numbers of voxels on the working grid.</param>
internal sealed record IndexRecord(Extent Working, Spacing Spacing, IntensityScale Scale, CellList Cells)
{
    /// <summary>Volume of a cell, µm³ (of a plane µm², where frames follow each other times seconds).</summary>
    /// <param name="cell">Its place in <see cref="Cells"/>.</param>
    public double VolumeOf(int cell) => Cells.VoxelsOf(cell) * Spacing.VoxelVolume;
}
