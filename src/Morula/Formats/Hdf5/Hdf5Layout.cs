using PureHDF;
using PureHDF.VOL.Native;

namespace Morula.Formats;

/// <summary>How a dataset holds a volume.</summary>
/// <param name="Name">Of the dataset.</param>
/// <param name="Type">Type of a voxel.</param>
/// <param name="Stored">Per stored axis which of T, Z, Y, X, C it is, from 0.</param>
/// <param name="Sizes">Sizes along T, Z, Y, X, C.</param>
/// <param name="Piece">What is stored together along T, Z, Y, X.</param>
/// <param name="Steps">Steps as far as they are stated.</param>
internal sealed record Hdf5Layout(string Name, VoxelType Type, int[] Stored, int[] Sizes, int[] Piece, VoxelSize Steps)
{
    /// <summary>Place of the channel among T, Z, Y, X, C.</summary>
    public const int Channel = 4;

    private const string Letters = "tzyxc";

    // Deflate packs 1032 bytes into one at best; chunks that were never written take none.
    private const long MostRatio = 1040;
    private const long Allowance = 64 << 20;

    /// <summary>Whether T, Z, Y and X, as far as they are stored, are stored in this order.</summary>
    public bool IsInOrder => Stored.Where(axis => axis != Channel).SequenceEqual(Stored.Where(axis => axis != Channel).Order());

    /// <summary>Reads what the dataset says of itself, and refuses what the file cannot hold.</summary>
    public static Hdf5Layout Read(string path, NativeDataset dataset, long fileBytes)
    {
        if (!Hdf5Contents.IsVolume(dataset))
            throw new VolumeFormatException(path, $"{dataset.Name} has {dataset.Space.Dimensions.Length} axes of {dataset.Type.Class}; expected 2 to 5 axes of numbers.");
        VoxelType type = TypeOf(path, dataset);
        int[] stored = [.. Hdf5Axes.Of(path, dataset).Select(letter => Letters.IndexOf(letter, StringComparison.Ordinal))];
        ulong[] dimensions = dataset.Space.Dimensions;
        if (dimensions.Any(size => size is 0 or > int.MaxValue))
            throw new VolumeFormatException(path, $"{dataset.Name} has {string.Join(" x ", dimensions)} voxels; expected sizes from 1 to {int.MaxValue}.");
        bool isChunked = dataset.Layout.Class == H5DataLayoutClass.Chunked;
        ulong[] chunk = isChunked ? [.. dataset.Layout.Chunks.Take(dimensions.Length).Select(size => (ulong)size)] : dimensions;
        RequireRoom(path, dataset, type, chunk, fileBytes);
        int[] sizes = Turned(dimensions, stored);
        int[] piece = isChunked ? [.. Turned(chunk, stored).Zip(sizes, Math.Min)] : sizes;
        var layout = new Hdf5Layout(dataset.Name, type, stored, sizes, piece[..Channel], StepsOf(dataset));
        return isChunked || !layout.IsInOrder ? layout : layout with { Piece = [1, 1, .. sizes[2..Channel]] };
    }

    /// <summary>The layout as every reader states it.</summary>
    public VolumeInfo ToInfo()
    {
        int rank = Sizes[0] > 1 ? 4 : Sizes[1] > 1 ? 3 : 2;
        string axes = string.Concat(Stored.Where(axis => Sizes[axis] > 1 || axis is 2 or 3).Select(axis => char.ToUpperInvariant(Letters[axis])));
        return new VolumeInfo(
            axes, new Volumes.Extent(Sizes.AsSpan(4 - rank, rank)), Steps.ToSpacing(rank), Type, Sizes[Channel], Sizes[0], Sizes[1], Steps.X is > 0 && Steps.Y is > 0);
    }

    private static int[] Turned(ulong[] sizes, int[] stored)
    {
        int[] turned = [1, 1, 1, 1, 1];
        for (int axis = 0; axis < stored.Length; axis++) turned[stored[axis]] = (int)Math.Min(sizes[axis], int.MaxValue);
        return turned;
    }

    private static void RequireRoom(string path, NativeDataset dataset, VoxelType type, ulong[] chunk, long fileBytes)
    {
        Int128 Bytes(ulong[] sizes) => sizes.Aggregate((Int128)RawHeader.BytesOf(type), (product, size) => Int128.Min(Int128.MaxValue >> 64, product * size));
        Int128 whole = Bytes(dataset.Space.Dimensions);
        H5DataLayoutClass layout = dataset.Layout.Class;
        Int128 room = layout == H5DataLayoutClass.Chunked ? ((Int128)fileBytes * MostRatio) + Allowance : layout == H5DataLayoutClass.VirtualStorage ? Int128.MaxValue : fileBytes;
        if (whole > room)
            throw new VolumeFormatException(path, $"{dataset.Name} claims {whole} bytes of voxels, but the file has {fileBytes}; it is truncated, damaged or was never filled.");
        if (chunk.Contains(0UL) || (layout == H5DataLayoutClass.Chunked && Bytes(chunk) > Int128.Min(Array.MaxLength, ((Int128)fileBytes * MostRatio) + Allowance)))
            throw new VolumeFormatException(path, $"{dataset.Name} has chunks of {string.Join(" x ", chunk)} voxels; expected ones that fit into memory.");
    }

    // PlantSeg states Z Y X; a time step has no usual name, so it is this program's own.
    private static VoxelSize StepsOf(NativeDataset dataset)
    {
        double[] space = Hdf5Attributes.Numbers(dataset, Hdf5Writer.StepsAttribute) ?? [];
        double? Step(int fromLast) => space.Length is 2 or 3 && fromLast <= space.Length ? space[^fromLast] : null;
        double? time = Hdf5Attributes.Numbers(dataset, Hdf5Writer.TimeAttribute) is [var seconds] ? seconds : null;
        return new VoxelSize(time, Step(3), Step(2), Step(1));
    }

    private static VoxelType TypeOf(string path, NativeDataset dataset)
    {
        IH5DataType type = dataset.Type;
        bool isSigned = type.Class == H5DataTypeClass.FixedPoint && type.FixedPoint.IsSigned;
        return (type.Class, type.Size, isSigned) switch
        {
            // h5py stores truth values as an enumeration of one byte.
            (H5DataTypeClass.Enumerated, 1, _) => VoxelType.UInt8,
            (H5DataTypeClass.FixedPoint, 1, false) => VoxelType.UInt8,
            (H5DataTypeClass.FixedPoint, 1, true) => VoxelType.Int8,
            (H5DataTypeClass.FixedPoint, 2, false) => VoxelType.UInt16,
            (H5DataTypeClass.FixedPoint, 2, true) => VoxelType.Int16,
            (H5DataTypeClass.FixedPoint, 4, false) => VoxelType.UInt32,
            (H5DataTypeClass.FixedPoint, 4, true) => VoxelType.Int32,
            (H5DataTypeClass.FixedPoint, 8, false) => VoxelType.UInt64,
            (H5DataTypeClass.FixedPoint, 8, true) => VoxelType.Int64,
            (H5DataTypeClass.FloatingPoint, 4, _) => VoxelType.Float32,
            (H5DataTypeClass.FloatingPoint, 8, _) => VoxelType.Float64,
            _ => throw new VolumeFormatException(path, $"{dataset.Name} holds {type.Class} of {type.Size} bytes; expected integers of 1 to 8 bytes or floating point of 4 or 8 (in h5py: dataset.astype('float32'))."),
        };
    }
}
