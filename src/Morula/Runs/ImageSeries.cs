using Morula.Formats;

namespace Morula.Runs;

/// <summary>
/// Images one after the other. The network leaves processors idle between its layers, and what follows it uses one: of small images, each is painted,
/// measured and written while the network looks at the next.
/// </summary>
/// <param name="run">The network.</param>
/// <param name="folder">Receives the results.</param>
/// <param name="overlaps">Whether two images may be in memory at once.</param>
internal sealed class ImageSeries(PredictionRun run, string folder, bool overlaps)
{
    // What two images at once add to memory is 50 bytes a voxel of the second.
    private const long MostVoxels = 4_000_000;

    /// <summary>What was found, image by image, each when its results are there.</summary>
    public IEnumerable<PredictedImage> Predict(IEnumerable<string> imagePaths, Func<int, IProgress<double>?> begin, CancellationToken cancellation)
    {
        Task<PredictedImage>? before = null;
        int place = 0;
        try
        {
            foreach (string path in imagePaths)
            {
                run.Require(path);
                bool isSmall = overlaps && IsSmall(path);
                if (!isSmall && before is not null)
                {
                    yield return Finished(ref before);
                }

                IProgress<double>? progress = begin(place++);
                if (!isSmall)
                {
                    yield return run.Predict(path, folder, progress, cancellation);
                    continue;
                }

                var files = PredictionRun.Files(path, folder);
                DetectedImage detected = run.DetectWhole(path, null, progress, cancellation);
                if (before is not null) yield return Finished(ref before);
                before = Task.Run(() => run.FinishWhole(detected, files), CancellationToken.None);
            }

            if (before is not null) yield return Finished(ref before);
        }
        finally
        {
            // Whatever ended the series, the image before keeps its results.
            if (before is not null) ((IAsyncResult)before).AsyncWaitHandle.WaitOne();
        }
    }

    private static bool IsSmall(string path)
    {
        VolumeInfo info = VolumeFile.ReadInfo(path);
        return info.Extent.Count / info.Frames <= MostVoxels;
    }

    private static PredictedImage Finished(ref Task<PredictedImage>? pending)
    {
        Task<PredictedImage> task = pending!;
        pending = null;
        return task.GetAwaiter().GetResult();
    }
}
