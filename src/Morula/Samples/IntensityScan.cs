using Morula.Formats;
using Morula.Measuring;
using Morula.Volumes;

namespace Morula.Samples;

/// <summary>The intensities that become -1 and +1, of an image that is never held whole: those of <see cref="Intensity.Normalise"/>.</summary>
internal static class IntensityScan
{
    /// <summary>Reads the image once, run by run.</summary>
    /// <param name="source">The image.</param>
    /// <param name="working">Sizes of the working grid.</param>
    /// <param name="samples">The percentiles.</param>
    /// <param name="mostVoxels">Voxels of the working grid held at once.</param>
    /// <param name="cancellation">Stops between runs.</param>
    public static IntensityScale Of(VolumeSource source, Extent working, SampleOptions samples, long mostVoxels, CancellationToken cancellation)
    {
        IntensityScale.RequirePercentiles(samples);
        var chosen = new List<float>();
        var (least, most) = (float.PositiveInfinity, float.NegativeInfinity);
        using IEnumerator<long> places = Percentiles.Places(working.Count).GetEnumerator();
        bool hasPlace = places.MoveNext();
        long start = 0;
        foreach (Block run in working.Runs(mostVoxels))
        {
            cancellation.ThrowIfCancellationRequested();
            float[] voxels = WorkingImage.Resample(source, working, run).Voxels;
            for (; hasPlace && places.Current < start + voxels.Length; hasPlace = places.MoveNext()) chosen.Add(voxels[places.Current - start]);
            foreach (float voxel in voxels) (least, most) = (Math.Min(least, voxel), Math.Max(most, voxel));
            start += voxels.Length;
            HostGarbage.Collect();
        }

        var (low, high) = Percentiles.Of(chosen, samples.LowPercentile, samples.HighPercentile);
        return high > low ? new IntensityScale(low, high) : new IntensityScale(least, most);
    }
}
