using System.Buffers.Binary;

namespace Morula.Formats;

/// <summary>Reads the header of NIfTI-1 in one file: 348 bytes of either byte order (nifti1.h, NIMH).</summary>
internal static class NiftiHeader
{
    internal const int Bytes = 348;

    /// <summary>Codes of voxel types.</summary>
    internal static readonly Dictionary<int, VoxelType> Types = new()
    {
        [2] = VoxelType.UInt8, [4] = VoxelType.Int16, [8] = VoxelType.Int32, [16] = VoxelType.Float32, [64] = VoxelType.Float64,
        [256] = VoxelType.Int8, [512] = VoxelType.UInt16, [768] = VoxelType.UInt32, [1024] = VoxelType.Int64, [1280] = VoxelType.UInt64,
    };

    public static RawHeader Read(string path)
    {
        RawPacking packing = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? RawPacking.Gzip : RawPacking.None;
        using RawSource source = RawSource.Open(path, packing);
        byte[] header = source.ReadUpTo(Bytes);
        bool isBig = header.Length == Bytes && BinaryPrimitives.ReadInt32BigEndian(header) == Bytes;
        if (header.Length < Bytes || (!isBig && BinaryPrimitives.ReadInt32LittleEndian(header) != Bytes) || !header.AsSpan(344).SequenceEqual("n+1\0"u8))
            throw source.Fault("the content is not NIfTI-1 in one file (348 bytes that end in n+1); check the extension, or save a pair .hdr and .img as .nii.");
        short Short(int place) => isBig ? BinaryPrimitives.ReadInt16BigEndian(header.AsSpan(place)) : BinaryPrimitives.ReadInt16LittleEndian(header.AsSpan(place));
        float Float(int place) => isBig ? BinaryPrimitives.ReadSingleBigEndian(header.AsSpan(place)) : BinaryPrimitives.ReadSingleLittleEndian(header.AsSpan(place));
        if (!Types.TryGetValue(Short(70), out VoxelType type))
            throw source.Fault($"its datatype is {Short(70)}; expected one of {string.Join(", ", Types.Keys)} (integers and floating point).");
        int[] sizes = Sizes(source, [.. Enumerable.Range(0, 8).Select(axis => (int)Short(40 + (2 * axis)))]);
        float offset = Float(108);
        if (!(offset >= Bytes && offset < 1 << 24)) throw source.Fault($"vox_offset is {offset}; expected a byte behind the header, mostly 352.");
        return new RawHeader(type, [sizes[3], sizes[2], sizes[1], sizes[0]], Steps(header[123], axis => Float(76 + (4 * axis))))
        {
            Channels = sizes[4],
            IsInterleaved = false,
            IsBigEndian = isBig,
            DataPath = path,
            Offset = (long)offset,
            Packing = packing,
            Slope = Scale(source, Float(112), Float(116)).Slope,
            Intercept = Scale(source, Float(112), Float(116)).Intercept,
        };
    }

    private static int[] Sizes(RawSource source, int[] dim)
    {
        if (dim[0] is < 2 or > 7) throw source.Fault($"dim[0] is {dim[0]}; expected 2 to 7 axes.");
        int[] sizes = [.. Enumerable.Range(1, 7).Select(axis => axis <= dim[0] ? dim[axis] : 1)];
        return sizes.All(size => size > 0) && sizes[5] == 1 && sizes[6] == 1
            ? sizes
            : throw source.Fault($"dim is {string.Join(' ', dim)}; expected sizes from 1 along x, y, z, time and channel, and no other axis.");
    }

    // A slope of 0 says that there is no scale.
    private static (double Slope, double Intercept) Scale(RawSource source, float slope, float intercept)
    {
        if (slope == 0) return (1, 0);
        return float.IsFinite(slope) && float.IsFinite(intercept)
            ? (slope, intercept)
            : throw source.Fault($"scl_slope is {slope} and scl_inter {intercept}; expected finite numbers.");
    }

    // Decimals of a float: 0.1083 is stored as 0.10830000042915344.
    private static VoxelSize Steps(byte units, Func<int, float> pixdim)
    {
        string? length = (units & 7) switch { 1 => "m", 2 => "mm", 3 => "um", _ => null };
        string? time = (units & 56) switch { 8 => "s", 16 => "ms", 24 => "us", _ => null };
        double? Of(int axis) => float.IsFinite(pixdim(axis)) && pixdim(axis) != 0 ? Rounding.ToDigits(Math.Abs(pixdim(axis)), 7) : null;
        double? Length(int axis) => LengthUnit.ToMicrometres(Of(axis), length);
        return new VoxelSize(LengthUnit.ToSeconds(Of(4), time), Length(3), Length(2), Length(1));
    }
}
