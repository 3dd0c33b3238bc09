using System.Runtime.InteropServices;
using Morula.Volumes;

namespace Morula.Formats;

/// <summary>Writes volumes as TIFF: one page per plane, deflate without predictor, ImageJ's or OME's metadata.</summary>
internal static class TiffWriter
{
    /// <summary>Above this many bytes of voxels the file is BigTIFF: what remains up to 4 GiB is for directories.</summary>
    internal const long MostClassicBytes = 4_000_000_000;

    public static void Write(string path, Volume volume, VoxelType type)
    {
        (float least, float most) = Range(path, volume.Voxels);
        StackFormat format = StackFormat.Of(path, volume.Extent, volume.Spacing, type, least, most);
        float[] voxels = volume.Voxels;
        Write(path, format, type switch
        {
            VoxelType.UInt8 => (start, target) => Narrow(voxels.AsSpan(start, target.Length), target),
            VoxelType.UInt16 => (start, target) => Narrow(voxels.AsSpan(start, target.Length / 2), MemoryMarshal.Cast<byte, ushort>(target)),
            VoxelType.Float32 => Raw(voxels),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Images are written as UInt8, UInt16 or Float32."),
        });
    }

    public static void Write(string path, LabelVolume labels)
    {
        int[] voxels = labels.Voxels;
        (int least, int most) = (voxels.Length > 0 ? voxels.Min() : 0, voxels.Length > 0 ? voxels.Max() : 0);
        if (least < 0) throw new ArgumentException($"{path}: the label {least} is negative; labels are written from 0 up.", nameof(labels));
        VoxelType type = most > ushort.MaxValue ? VoxelType.UInt32 : VoxelType.UInt16;
        StackFormat format = StackFormat.Of(path, labels.Extent, labels.Spacing, type, least, most);
        Write(path, format, type == VoxelType.UInt32
            ? Raw(voxels)
            : (start, target) => Narrow(voxels.AsSpan(start, target.Length / 2), MemoryMarshal.Cast<byte, ushort>(target)));
    }

    /// <summary>Writes with a given width of offsets; the other overloads choose it by size.</summary>
    internal static void Write(string path, StackFormat format, StripEncoder.Fill fill) =>
        AtomicFile.Write(path, stream => new StackWriter(stream, format, fill).Write());

    /// <summary>Voxels of 32 bits as they are.</summary>
    internal static StripEncoder.Fill Raw<TVoxel>(TVoxel[] voxels)
        where TVoxel : unmanaged =>
        (start, target) => MemoryMarshal.AsBytes(voxels.AsSpan(start, target.Length / 4)).CopyTo(target);

    private static (float Least, float Most) Range(string path, float[] voxels)
    {
        (float least, float most) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (float voxel in voxels)
        {
            if (!float.IsFinite(voxel)) throw new ArgumentException($"{path}: an image with voxels that are not finite is not written.", nameof(voxels));
            least = Math.Min(least, voxel);
            most = Math.Max(most, voxel);
        }

        return voxels.Length == 0 ? (0, 0) : (least, most);
    }

    private static void Narrow(ReadOnlySpan<float> source, Span<byte> target)
    {
        for (int index = 0; index < source.Length; index++) target[index] = (byte)Math.Clamp(MathF.Round(source[index]), 0f, 255f);
    }

    private static void Narrow(ReadOnlySpan<float> source, Span<ushort> target)
    {
        for (int index = 0; index < source.Length; index++) target[index] = (ushort)Math.Clamp(MathF.Round(source[index]), 0f, 65535f);
    }

    private static void Narrow(ReadOnlySpan<int> source, Span<ushort> target)
    {
        for (int index = 0; index < source.Length; index++) target[index] = (ushort)source[index];
    }
}
