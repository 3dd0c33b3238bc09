using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Morula.Formats;

/// <summary>Reads what both versions of Zarr say of an array, and what they share.</summary>
internal static class ZarrMetadata
{
    // A chunk is in memory whole.
    private const long MostChunkBytes = 1 << 30;
    private const int MostAxes = 8;

    /// <summary>The array in a folder; null where the folder is none.</summary>
    /// <exception cref="VolumeFormatException">It is one that is damaged or not read.</exception>
    public static ZarrLayout? Read(string folder)
    {
        string third = Path.Combine(folder, "zarr.json");
        if (ZarrJson.Read(third, root => root.Text("node_type") == "array" ? Zarr3Metadata.Read(third, folder, root) : null) is { } layout) return Checked(third, layout);
        string second = Path.Combine(folder, ".zarray");
        return ZarrJson.Read(second, root => Zarr2Metadata.Read(second, folder, root)) is { } older ? Checked(second, older) : null;
    }

    /// <summary>One voxel of a value.</summary>
    public static byte[] Fill(string path, VoxelType type, JsonElement? value)
    {
        double number = value switch
        {
            null or { ValueKind: JsonValueKind.False } => 0,
            { ValueKind: JsonValueKind.True } => 1,
            { ValueKind: JsonValueKind.Number } => value.Value.GetDouble(),
            { ValueKind: JsonValueKind.String } => value.Value.GetString() switch
            {
                "NaN" => double.NaN,
                "Infinity" => double.PositiveInfinity,
                "-Infinity" => double.NegativeInfinity,
                _ => throw Unread(path, "fill_value", value, "a number"),
            },
            _ => throw Unread(path, "fill_value", value, "a number"),
        };
        return type switch
        {
            VoxelType.UInt8 => Bytes<byte>(number),
            VoxelType.Int8 => Bytes<sbyte>(number),
            VoxelType.UInt16 => Bytes<ushort>(number),
            VoxelType.Int16 => Bytes<short>(number),
            VoxelType.UInt32 => Bytes<uint>(number),
            VoxelType.Int32 => Bytes<int>(number),
            VoxelType.UInt64 => Bytes<ulong>(number),
            VoxelType.Int64 => Bytes<long>(number),
            VoxelType.Float32 => Bytes<float>(number),
            _ => Bytes<double>(number),
        };
    }

    /// <summary>Refuses a value.</summary>
    public static VolumeFormatException Unread(string path, string name, JsonElement? found, string expected) =>
        new(path, $"'{name}' is {ZarrJson.Found(found)}; expected {expected}.");

    private static byte[] Bytes<TVoxel>(double value)
        where TVoxel : unmanaged, INumber<TVoxel> =>
        MemoryMarshal.AsBytes<TVoxel>([TVoxel.CreateSaturating(value)]).ToArray();

    private static ZarrLayout Checked(string path, ZarrLayout layout)
    {
        int rank = layout.Shape.Length;
        if (rank is < 2 or > MostAxes) throw new VolumeFormatException(path, $"the array has {rank} axes; expected 2 to {MostAxes}.");
        if (layout.Chunk.Length != rank || layout.Order.Length != rank) throw new VolumeFormatException(path, $"chunks of {layout.Chunk.Length} axes do not fit an array of {rank}.");
        long bytes = TiffPage.SizeOf(layout.Type);
        foreach (int size in layout.Chunk)
        {
            bytes *= size;
            if (bytes > MostChunkBytes) throw new VolumeFormatException(path, $"chunks of {string.Join(" x ", layout.Chunk)} voxels are more than {MostChunkBytes} bytes; write the array anew with smaller chunks.");
        }

        return layout;
    }
}
