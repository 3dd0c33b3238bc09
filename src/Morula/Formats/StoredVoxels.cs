using System.Runtime.InteropServices;
using Morula.Volumes;

namespace Morula.Formats;

/// <summary>A volume as a file is to store it: little-endian, last axis fastest.</summary>
/// <param name="Extent">Sizes.</param>
/// <param name="Spacing">Spacing, µm and seconds.</param>
/// <param name="Type">UInt8, UInt16, UInt32 or Float32.</param>
/// <param name="Least">Least value, 0 without voxels.</param>
/// <param name="Most">Largest value, 0 without voxels.</param>
/// <param name="Fill">Gives the bytes from a voxel on.</param>
internal sealed record StoredVoxels(Extent Extent, Spacing Spacing, VoxelType Type, double Least, double Most, StripEncoder.Fill Fill)
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>Whether they are labels.</summary>
    public bool AreLabels { get; init; }

    /// <summary>Sizes along T, Z, Y, X; 1 for axes that the volume lacks.</summary>
    public int[] Sizes => [.. Enumerable.Repeat(1, 4 - Extent.Rank), .. Extent.Sizes];

    /// <summary>Steps along T, Z, Y, X; 1 for axes that the volume lacks.</summary>
    public double[] Steps => [.. Enumerable.Repeat(1.0, 4 - Extent.Rank), .. Spacing.Steps];

    /// <summary>An image, rounded and clamped where the type is an integer.</summary>
    public static StoredVoxels Of(string path, Volume volume, VoxelType type)
    {
        (float least, float most) = Range(path, volume.Voxels);
        float[] voxels = volume.Voxels;
        return new StoredVoxels(volume.Extent, volume.Spacing, type, least, most, type switch
        {
            VoxelType.UInt8 => (start, target) => Narrow(voxels.AsSpan(start, target.Length), target),
            VoxelType.UInt16 => (start, target) => Narrow(voxels.AsSpan(start, target.Length / 2), MemoryMarshal.Cast<byte, ushort>(target)),
            VoxelType.Float32 => TiffWriter.Raw(voxels),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Images are written as UInt8, UInt16 or Float32."),
        });
    }

    /// <summary>Labels: 16 bits, 32 where one exceeds 65,535.</summary>
    public static StoredVoxels Of(string path, LabelVolume labels)
    {
        int[] voxels = labels.Voxels;
        (int least, int most) = (voxels.Length > 0 ? voxels.Min() : 0, voxels.Length > 0 ? voxels.Max() : 0);
        if (least < 0) throw new ArgumentException($"{path}: the label {least} is negative; labels are written from 0 up.", nameof(labels));
        VoxelType type = most > ushort.MaxValue ? VoxelType.UInt32 : VoxelType.UInt16;
        return new StoredVoxels(labels.Extent, labels.Spacing, type, least, most, type == VoxelType.UInt32
            ? TiffWriter.Raw(voxels)
            : (start, target) => Narrow(voxels.AsSpan(start, target.Length / 2), MemoryMarshal.Cast<byte, ushort>(target))) { AreLabels = true };
    }

    /// <summary>Writes all voxels.</summary>
    public void CopyTo(Stream stream)
    {
        int size = RawHeader.BytesOf(Type);
        var chunk = new byte[ChunkBytes];
        for (long start = 0; start < Extent.Count; start += ChunkBytes / size)
        {
            Span<byte> part = chunk.AsSpan(0, (int)Math.Min(ChunkBytes, (Extent.Count - start) * size));
            Fill((int)start, part);
            stream.Write(part);
        }
    }

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
