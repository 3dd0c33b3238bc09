using Morula.Formats;
using Morula.Samples;
using Morula.Volumes;

namespace Morula.Viewer;

/// <summary>An image as bytes: whole on the coarse grid, and slices of the file's own grid.</summary>
internal static class CoarseImage
{
    private const double LowPercentile = 0.5;
    private const double HighPercentile = 99.8;
    private const int Planes = 8;

    /// <summary>Intensities that become black and white, from a few planes.</summary>
    public static (float Low, float High) RangeOf(VolumeSource image)
    {
        Extent extent = image.Extent;
        var seen = new List<float>();
        foreach (int plane in Enumerable.Range(0, Planes).Select(index => CoarseGrid.Middle(index, Planes, extent[0])).Distinct())
        {
            float[] voxels = image.ReadImage(PlaneOf(extent, 0, plane)).Voxels;
            seen.AddRange(Percentiles.Places(voxels.Length / Planes).Select(place => voxels[place * Planes]));
        }

        var (low, high) = seen.Count == 0 ? (0, 1) : Percentiles.Of(seen, LowPercentile, HighPercentile);
        return high > low ? (low, high) : (low, low + 1);
    }

    /// <summary>The image on a coarse grid: means over rows and columns of the plane in the middle of each coarse one.</summary>
    public static byte[] Whole(VolumeSource image, Extent coarse, (float Low, float High) range, CancellationToken cancellation)
    {
        var bytes = new byte[coarse.Count];
        CoarsePart.ForAll(CoarsePart.Of(image.Extent, coarse, image.Piece), part =>
        {
            Volume block = image.ReadImage(part.Fine);
            int plane = block.Extent[1] * block.Extent[2];
            for (int index = part.FirstPlane; index < part.FirstPlane + part.Planes; index++)
            {
                int z = CoarseGrid.Middle(index, coarse[0], image.Extent[0]) - part.Fine.Lower[0];
                Shrink(block.Voxels.AsSpan(z * plane, plane), part, image.Extent, coarse, range, bytes.AsSpan(((index * coarse[1]) + part.FirstRow) * coarse[2], part.Rows * coarse[2]));
            }
        }, cancellation);
        return bytes;
    }

    /// <summary>A slice across an axis.</summary>
    public static byte[] Slice(VolumeSource image, int axis, int index, (float Low, float High) range)
    {
        float[] voxels = image.ReadImage(PlaneOf(image.Extent, axis, index)).Voxels;
        return Array.ConvertAll(voxels, voxel => Grey(voxel, range));
    }

    /// <summary>The block of one slice across an axis.</summary>
    public static Block PlaneOf(Extent extent, int axis, int index)
    {
        var (lower, upper) = (new int[extent.Rank], extent.Sizes.ToArray());
        (lower[axis], upper[axis]) = (index, index + 1);
        return new Block(lower, upper);
    }

    private static void Shrink(ReadOnlySpan<float> rows, CoarsePart part, Extent fine, Extent coarse, (float Low, float High) range, Span<byte> target)
    {
        int[] starts = [.. Enumerable.Range(0, coarse[2] + 1).Select(column => CoarseGrid.Start(column, coarse[2], fine[2]))];
        var sums = new float[coarse[2]];
        for (int row = 0; row < part.Rows; row++)
        {
            int from = CoarseGrid.Start(part.FirstRow + row, coarse[1], fine[1]) - part.Fine.Lower[1];
            int to = CoarseGrid.Start(part.FirstRow + row + 1, coarse[1], fine[1]) - part.Fine.Lower[1];
            Array.Clear(sums);
            for (int line = from; line < to; line++)
            {
                ReadOnlySpan<float> voxels = rows.Slice(line * fine[2], fine[2]);
                for (int column = 0; column < sums.Length; column++)
                {
                    for (int voxel = starts[column]; voxel < starts[column + 1]; voxel++) sums[column] += voxels[voxel];
                }
            }

            for (int column = 0; column < sums.Length; column++)
                target[(row * sums.Length) + column] = Grey(sums[column] / ((to - from) * (starts[column + 1] - starts[column])), range);
        }
    }

    private static byte Grey(float value, (float Low, float High) range) =>
        (byte)Math.Clamp(((value - range.Low) / (range.High - range.Low) * 255) + 0.5f, 0, 255);
}
