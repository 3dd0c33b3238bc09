using Morula.Formats;
using Morula.Samples;
using Morula.Volumes;

namespace Morula.Fitting;

/// <summary>The headers of all files of a data set.</summary>
/// <param name="Rank">Largest number of axes of an image.</param>
/// <param name="Extents">Of the images, at that rank.</param>
/// <param name="Spacings">Of the images, at that rank; labels on an equal grid speak for an image that states none.</param>
/// <param name="IsCalibrated">Whether every pair states its spacing.</param>
internal sealed record HeaderSurvey(int Rank, IReadOnlyList<Extent> Extents, IReadOnlyList<Spacing> Spacings, bool IsCalibrated)
{
    private const double Tolerance = 0.05;

    /// <summary>Reads the headers.</summary>
    /// <exception cref="VolumeFormatException">A file cannot be read.</exception>
    public static HeaderSurvey Read(IReadOnlyList<Pair> pairs)
    {
        var headers = pairs.Select(pair => (Image: VolumeFile.ReadInfo(pair.ImagePath), Labels: VolumeFile.ReadInfo(pair.LabelPath))).ToArray();
        int rank = headers.Max(header => header.Image.Extent.Rank);
        return new HeaderSurvey(
            rank,
            [.. headers.Select(header => new Extent([.. AtRank(header.Image.Extent.Sizes, rank)]))],
            [.. headers.Select(header => new Spacing([.. AtRank((header.Image.IsCalibrated || !header.Labels.IsCalibrated ? header.Image : header.Labels).Spacing.Steps, rank)]))],
            Array.TrueForAll(headers, header => header.Image.IsCalibrated || header.Labels.IsCalibrated));
    }

    /// <summary>Median along each axis.</summary>
    public Spacing Typical => new([.. Enumerable.Range(0, Rank).Select(axis => Quantile.Of(Spacings.Select(spacing => spacing[axis]), 0.5))]);

    /// <summary>Whether some image differs from the median by more than 5 % along an axis of space.</summary>
    public bool Varies => Spacings.Any(spacing => Enumerable.Range(SpatialAxes.First(Rank), SpatialAxes.Count(Rank))
        .Any(axis => Math.Abs((spacing[axis] / Typical[axis]) - 1) > Tolerance));

    // An image with one slice or one frame among others that have many: leading axes of size, or step, 1.
    private static IEnumerable<T> AtRank<T>(ReadOnlySpan<T> values, int rank)
        where T : System.Numerics.INumber<T> => [.. Enumerable.Repeat(T.One, Math.Max(0, rank - values.Length)), .. values];
}
