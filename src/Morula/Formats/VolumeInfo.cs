using Morula.Volumes;

namespace Morula.Formats;

/// <summary>What a file of voxels holds, known without reading them.</summary>
/// <param name="Axes">Axes as stored, slowest first, letters of T, Z, C, Y, X; those of size 1 are left out, Y and X never.</param>
/// <param name="Extent">Sizes of what <see cref="VolumeFile.ReadImage"/> gives for one channel: Y X, Z Y X or T Z Y X.</param>
/// <param name="Spacing">Step per axis of <paramref name="Extent"/>, µm and seconds; 1 where the file states none.</param>
/// <param name="Type">Type of one voxel.</param>
/// <param name="Channels">Number of channels, at least 1.</param>
/// <param name="Frames">Number of frames, at least 1.</param>
/// <param name="Slices">Number of slices, at least 1.</param>
/// <param name="IsCalibrated">Whether the file states the size of its voxels in the plane.</param>
public sealed record VolumeInfo(
    string Axes,
    Extent Extent,
    Spacing Spacing,
    VoxelType Type,
    int Channels,
    int Frames,
    int Slices,
    bool IsCalibrated)
{
    /// <summary>How the voxels are kept, in words, where the format has a choice worth telling: levels, chunks, packing.</summary>
    public string? Layout { get; init; }
}
