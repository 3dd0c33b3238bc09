using Morula.Volumes;

namespace Morula.Formats;

/// <summary>What the header of a file says whose voxels follow plainly, without pages or strips.</summary>
/// <param name="Type">Type of a stored voxel.</param>
/// <param name="Sizes">Frames, slices, rows, columns; each at least 1.</param>
/// <param name="Steps">Step along each, as far as the file states it.</param>
internal sealed record RawHeader(VoxelType Type, int[] Sizes, VoxelSize Steps)
{
    /// <summary>Values per voxel.</summary>
    public int Channels { get; init; } = 1;

    /// <summary>Whether the channels of a voxel lie side by side; else one volume follows the other.</summary>
    public bool IsInterleaved { get; init; } = true;

    /// <summary>Whether the first axis is the fastest (NumPy's Fortran order); then there is one channel.</summary>
    public bool IsFirstFastest { get; init; }

    public bool IsBigEndian { get; init; }

    /// <summary>File of the voxels.</summary>
    public required string DataPath { get; init; }

    /// <summary>First byte of the voxels, in the unpacked file where it is gzip.</summary>
    public long Offset { get; init; }

    public RawPacking Packing { get; init; }

    /// <summary>A voxel is slope x stored + intercept.</summary>
    public double Slope { get; init; } = 1;

    public double Intercept { get; init; }

    public bool IsScaled => Slope != 1 || Intercept != 0;

    public int VoxelBytes => BytesOf(Type);

    /// <summary>Bytes of all voxels; the most a long holds where there are more.</summary>
    public long Bytes => (long)Int128.Min(long.MaxValue, Sizes.Aggregate((Int128)Channels * VoxelBytes, (product, size) => Int128.Min(long.MaxValue, product * size)));

    public static int BytesOf(VoxelType type) => TiffPage.SizeOf(type);

    public VolumeInfo ToInfo()
    {
        int rank = Sizes[0] > 1 ? 4 : Sizes[1] > 1 ? 3 : 2;
        string axes = (Sizes[0] > 1 ? "T" : "") + (Sizes[1] > 1 ? "Z" : "") + "YX";
        if (Channels > 1) axes = IsInterleaved ? axes + "C" : "C" + axes;
        return new VolumeInfo(
            axes,
            new Extent(Sizes.AsSpan(4 - rank)),
            Steps.ToSpacing(rank),
            IsScaled ? VoxelType.Float32 : Type,
            Channels,
            Sizes[0],
            Sizes[1],
            Steps.X is > 0 && Steps.Y is > 0);
    }
}
