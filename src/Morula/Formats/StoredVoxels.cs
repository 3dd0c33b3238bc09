using System.Runtime.InteropServices;
using Morula.Volumes;

namespace Morula.Formats;

/// <summary>A volume as a file is to store it: little-endian, last axis fastest, given block by block, so that it need not lie in memory whole.</summary>
/// <param name="Extent">Sizes.</param>
/// <param name="Spacing">Spacing, µm and seconds.</param>
/// <param name="Type">UInt8, UInt16, UInt32 or Float32.</param>
/// <param name="Fill">Gives the bytes of a block inside the volume.</param>
internal sealed record StoredVoxels(Extent Extent, Spacing Spacing, VoxelType Type, StoredVoxels.BlockFill Fill)
{
    /// <summary>Writes the stored form of a block, last axis fastest.</summary>
    public delegate void BlockFill(Block block, Span<byte> target);

    /// <summary>Least value; null where it is not known.</summary>
    public double? Least { get; init; }

    /// <summary>Largest value; null where it is not known.</summary>
    public double? Most { get; init; }

    /// <summary>Whether voxels are labels of cells.</summary>
    public bool IsLabels { get; init; }

    /// <summary>Version of Zarr, 2 or 3, where the file is one.</summary>
    public int ZarrFormat { get; init; } = 3;

    /// <summary>Sizes of what is had together, so that asking for less costs as much.</summary>
    public Extent Piece { get; init; } = Extent.Cube(Extent.Rank, 1);

    /// <summary>Most voxels that are asked for at once.</summary>
    public long MostAsked { get; init; } = VoxelAsking.MostAsked;

    /// <summary>Bytes of a voxel.</summary>
    public int VoxelBytes => RawHeader.BytesOf(Type);

    /// <summary>Sizes along T, Z, Y, X; 1 for axes that the volume lacks.</summary>
    public int[] Sizes => [.. Enumerable.Repeat(1, 4 - Extent.Rank), .. Extent.Sizes];

    /// <summary>Steps along T, Z, Y, X; 1 for axes that the volume lacks.</summary>
    public double[] Steps => [.. Enumerable.Repeat(1.0, 4 - Extent.Rank), .. Spacing.Steps];

    /// <summary>An image in memory, rounded and clamped where the type is an integer.</summary>
    public static StoredVoxels Of(string path, Volume volume, VoxelType type)
    {
        RequireFinite(path, volume.Voxels);
        float[] voxels = volume.Voxels;
        return Of(path, volume.Extent, volume.Spacing, type, block => volume.Crop(block)) with
        {
            Least = voxels.Length > 0 ? voxels.Min() : 0,
            Most = voxels.Length > 0 ? voxels.Max() : 0,
        };
    }

    /// <summary>An image of blocks that are asked for, rounded and clamped where the type is an integer.</summary>
    public static StoredVoxels Of(string path, Extent extent, Spacing spacing, VoxelType type, Func<Block, Volume> read)
    {
        if (type is not (VoxelType.UInt8 or VoxelType.UInt16 or VoxelType.Float32))
            throw new ArgumentOutOfRangeException(nameof(type), type, "Images are written as UInt8, UInt16 or Float32.");
        RequireSpacing(extent, spacing);
        return new StoredVoxels(extent, spacing, type, (block, target) =>
        {
            float[] voxels = Given(path, block, read(block));
            RequireFinite(path, voxels);
            if (type == VoxelType.UInt8) Narrow(voxels, target);
            else if (type == VoxelType.UInt16) Narrow(voxels, MemoryMarshal.Cast<byte, ushort>(target));
            else MemoryMarshal.AsBytes(voxels.AsSpan()).CopyTo(target);
        });
    }

    /// <summary>Labels in memory: 16 bits, 32 where one exceeds 65,535.</summary>
    public static StoredVoxels Of(string path, LabelVolume labels)
    {
        int[] voxels = labels.Voxels;
        (int least, int most) = (voxels.Length > 0 ? voxels.Min() : 0, voxels.Length > 0 ? voxels.Max() : 0);
        if (least < 0) throw new ArgumentException($"{path}: the label {least} is negative; labels are written from 0 up.", nameof(labels));
        return Of(path, labels.Extent, labels.Spacing, most, labels.Crop) with { Least = least, Most = most };
    }

    /// <summary>Labels of blocks that are asked for: 16 bits, 32 where the largest exceeds 65,535.</summary>
    public static StoredVoxels Of(string path, Extent extent, Spacing spacing, int mostLabel, Func<Block, LabelVolume> read)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mostLabel);
        RequireSpacing(extent, spacing);
        VoxelType type = mostLabel > ushort.MaxValue ? VoxelType.UInt32 : VoxelType.UInt16;
        return new StoredVoxels(extent, spacing, type, (block, target) =>
        {
            int[] voxels = Given(path, block, read(block));
            foreach (int label in voxels)
            {
                if (label < 0 || label > mostLabel) throw new ArgumentException($"{path}: the label {label} in {block} is not from 0 to {mostLabel}, as was announced.", nameof(read));
            }

            if (type == VoxelType.UInt16) Narrow(voxels, MemoryMarshal.Cast<byte, ushort>(target));
            else MemoryMarshal.AsBytes(voxels.AsSpan()).CopyTo(target);
        })
        { IsLabels = true };
    }

    private static TVoxel[] Given<TVoxel>(string path, Block block, Grid<TVoxel> given)
        where TVoxel : unmanaged =>
        given.Extent == block.Extent
            ? given.Voxels
            : throw new ArgumentException($"{path}: the block {block} was asked for, but {given.Extent} voxels were given.", nameof(given));

    private static void RequireSpacing(Extent extent, Spacing spacing)
    {
        if (spacing.Rank != extent.Rank) throw new ArgumentException($"The spacing has rank {spacing.Rank} but the extent has rank {extent.Rank}.", nameof(spacing));
    }

    private static void RequireFinite(string path, float[] voxels)
    {
        foreach (float voxel in voxels)
        {
            if (!float.IsFinite(voxel)) throw new ArgumentException($"{path}: an image with voxels that are not finite is not written.", nameof(voxels));
        }
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
