using Morula.Formats;
using Morula.Measuring;
using Morula.Samples;
using Morula.Volumes;

namespace Morula.Streaming;

/// <summary>What must be known of a whole image before a block of it can be treated as part of it.</summary>
/// <param name="Scale">Intensities of the working grid that become -1 and +1.</param>
/// <param name="Least">Least intensity of the smoothed image.</param>
/// <param name="Most">Greatest intensity of the smoothed image.</param>
internal sealed record ImageScan(IntensityScale Scale, float Least, float Most)
{
    /// <summary>Reads the image once, slab by slab.</summary>
    /// <param name="source">The image.</param>
    /// <param name="working">Sizes of the working grid.</param>
    /// <param name="samples">The percentiles.</param>
    /// <param name="smoothing">Standard deviation of the smoothing, µm.</param>
    /// <param name="mostVoxels">Voxels of a slab.</param>
    /// <param name="cancellation">Stops between slabs.</param>
    public static ImageScan Of(VolumeSource source, Extent working, SampleOptions samples, double smoothing, long mostVoxels, CancellationToken cancellation)
    {
        IntensityScale.RequirePercentiles(samples);
        var (least, most) = (float.PositiveInfinity, float.NegativeInfinity);
        int margin = (int)Math.Ceiling(3 * smoothing / source.Spacing[0]) + 1;
        foreach (Block slab in Slabs(source.Extent, mostVoxels))
        {
            cancellation.ThrowIfCancellationRequested();
            Block seen = slab.Grow([margin, .. new int[slab.Rank - 1]]).ClipTo(source.Extent);
            Volume smooth = GaussianFilter.ApplyInSpace(source.ReadImage(seen), smoothing);
            long row = smooth.Voxels.Length / seen.Extent[0];
            foreach (float voxel in smooth.Voxels.AsSpan((int)((slab.Lower[0] - seen.Lower[0]) * row), (int)(slab.Extent[0] * row)))
                (least, most) = (Math.Min(least, voxel), Math.Max(most, voxel));
            HostGarbage.Collect();
        }

        return new ImageScan(IntensityScan.Of(source, working, samples, mostVoxels, cancellation), least, most);
    }

    // Along the slowest axis, whole otherwise.
    private static IEnumerable<Block> Slabs(Extent extent, long mostVoxels)
    {
        int thick = (int)Math.Clamp(mostVoxels / (extent.Count / extent[0]), 1, extent[0]);
        for (int lower = 0; lower < extent[0]; lower += thick)
            yield return new Block([lower, .. new int[extent.Rank - 1]], [Math.Min(extent[0], lower + thick), .. extent.Sizes[1..]]);
    }
}
