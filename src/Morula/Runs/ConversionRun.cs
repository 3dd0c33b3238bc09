using Morula.Formats;

namespace Morula.Runs;

/// <summary>An image file of one format to one of another, axes and voxel size kept.</summary>
public static class ConversionRun
{
    /// <summary>
    /// Converts a file piece by piece, in bounded memory. 8 and 16 bits without sign stay what they are, wider integers become labels, all else 32-bit floating point;
    /// the file appears whole or not at all.
    /// </summary>
    /// <param name="source">File to read, of one channel.</param>
    /// <param name="target">File to write.</param>
    /// <param name="isLabels">Whether 8 and 16 bits are labels too: a pyramid of levels then holds labels, not means.</param>
    /// <param name="zarrFormat">Where the target is a .zarr, the version of Zarr: 3 or 2.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="VolumeFormatException">The source cannot be read, or the target's format is not written.</exception>
    public static VolumeInfo Run(string source, string target, bool isLabels = false, int zarrFormat = 3)
    {
        VolumeInfo info = VolumeFile.ReadInfo(source);
        if (info.Channels > 1) throw new VolumeFormatException(source, $"has {info.Channels} channels, and a converted file has one; save the channel that is wanted alone.");
        if (!VolumeFile.IsWritable(target)) throw new VolumeFormatException(target, "is of a format that is not written; give the result another extension, such as .ome.tif, .mha or .nii.gz.");
        if (Path.GetFullPath(source) == Path.GetFullPath(target)) throw new VolumeFormatException(target, "the result would replace its source; give it another name.");
        isLabels |= info.Type is VoxelType.UInt32 or VoxelType.Int32 or VoxelType.UInt64 or VoxelType.Int64;
        using VolumeSource voxels = isLabels ? VolumeSource.OpenLabels(source) : VolumeSource.OpenImage(source);
        if (isLabels) VolumeFile.WriteLabels(target, voxels, zarrFormat);
        else VolumeFile.WriteImage(target, voxels, info.Type is VoxelType.UInt8 or VoxelType.UInt16 ? info.Type : VoxelType.Float32, zarrFormat);
        return info;
    }
}
