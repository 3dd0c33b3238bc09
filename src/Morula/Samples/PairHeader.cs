using Morula.Formats;
using Morula.Volumes;

namespace Morula.Samples;

/// <summary>What the headers of a pair tell of reading it.</summary>
/// <param name="Pair">The files.</param>
/// <param name="Own">Sizes of the image.</param>
/// <param name="Working">Sizes of the working grid.</param>
/// <param name="IsSequential">Whether a file of the two can only be read from its front, or as one piece.</param>
internal sealed record PairHeader(Pair Pair, Extent Own, Extent Working, bool IsSequential)
{
    /// <summary>Bytes of a voxel of a loaded pair: intensity and label.</summary>
    public const int VoxelBytes = sizeof(float) + sizeof(int);

    // A crop that is most of its image gains nothing by being read alone.
    private const int LeastParts = 2;

    // As stored (16 bits each) and read, image and labels.
    private const int StoredBytes = 2 + 4 + 2 + 4;

    // Standard deviations of the displacement that a crop hardly ever exceeds.
    private const double Bends = 4;

    /// <summary>Voxels that the two files hold together, so that reading less costs as much.</summary>
    public long PieceVoxels { get; init; }

    /// <summary>Memory of the pair when it is loaded.</summary>
    public long Bytes => Working.Count * VoxelBytes;

    /// <summary>Reads the headers.</summary>
    /// <exception cref="VolumeFormatException">A file cannot be read, or the two do not fit together.</exception>
    public static PairHeader Read(Pair pair, SampleOptions options)
    {
        using var image = VolumeSource.OpenImage(pair.ImagePath, rank: ImageRank.Of(pair.ImagePath, options));
        using var labels = VolumeSource.OpenLabels(pair.LabelPath, rank: image.Extent.Rank);
        var (working, _) = CommonGrid.Of(pair, (image.Extent, image.Spacing), (labels.Extent, labels.Spacing), options.OfFrame(image.Extent.Rank));
        return new PairHeader(pair, image.Extent, working, IsOnePiece(image) || IsOnePiece(labels)) { PieceVoxels = image.Piece.Count + labels.Piece.Count };
    }

    /// <summary>The pairs of a training whose crops are read from their files.</summary>
    /// <param name="headers">Of all training images.</param>
    /// <param name="options">Say how, and how large the cache is.</param>
    public static IReadOnlyList<PairHeader> InBlocks(IReadOnlyList<PairHeader> headers, SampleOptions options) => options.Reading switch
    {
        ReadingKind.Whole => [],
        ReadingKind.Blocks => headers,
        _ => headers.Sum(header => header.Bytes) <= options.CacheMegabytes << 20 ? [] : [.. headers.Where(header => header.GainsByBlocks(options))],
    };

    /// <summary>Memory that reading one crop takes: part of the image as it is stored and as floating point, resampled, normalised, and the same of the labels.</summary>
    public long CropBytes(SampleOptions options)
    {
        int[] crop = CropOf(options);
        long voxels = 1;
        double reduction = 1;
        for (int axis = 0; axis < crop.Length; axis++)
        {
            bool isTime = axis < SpatialAxes.First(crop.Length);
            double seen = isTime ? crop[axis] : (crop[axis] / (1 - options.Zoom)) + (2 * Bends * options.ElasticMagnitude) + 2;
            voxels *= (long)Math.Min(Working[axis], Math.Ceiling(seen));
            reduction *= Math.Max(1, (double)Own[axis] / Working[axis]);
        }

        return (long)(voxels * reduction * StoredBytes) + (voxels * (VoxelBytes + sizeof(float))) + (PieceVoxels * sizeof(int));
    }

    private int[] CropOf(SampleOptions options) => options.Crop.Length == 1 ? [.. Enumerable.Repeat(options.Crop[0], Working.Rank)] : options.Crop[^Working.Rank..];

    private static bool IsOnePiece(VolumeSource source) => source.IsSequential || source.Piece.Count * LeastParts > source.Extent.Count;

    /// <summary>Whether reading crops alone spares reading the rest.</summary>
    public bool GainsByBlocks(SampleOptions options)
    {
        int[] crop = CropOf(options);
        return !IsSequential && new Extent([.. crop.Zip(Working.Sizes.ToArray(), Math.Min)]).Count * LeastParts <= Working.Count;
    }
}
