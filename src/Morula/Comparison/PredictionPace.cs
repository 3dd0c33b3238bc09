using Morula.Samples;

namespace Morula.Comparison;

/// <summary>Times the prediction of images, from file to files.</summary>
internal sealed class PredictionPace(TimeProvider clock, IReadOnlyList<Pair> pairs, IProgress<MemberProgress> progress, CancellationToken cancellation)
{
    // Code is compiled while it first runs; the median of three or more does not notice.
    private const int NeedsNoWarmUp = 3;

    private readonly List<double> seconds = [];

    /// <summary>Millions of voxels predicted, to warm up too.</summary>
    public double PredictedMegavoxels { get; private set; }

    /// <summary>Median over the images.</summary>
    public double SecondsPerMegavoxel => Median.Of(seconds);

    /// <summary>Predicts every image.</summary>
    /// <param name="predict">Predicts the pair of an index and answers with the number of voxels of its image.</param>
    public void Measure(Func<Pair, int, long> predict)
    {
        if (pairs.Count is > 0 and < NeedsNoWarmUp) PredictedMegavoxels += predict(pairs[0], 0) / 1e6;
        for (int index = 0; index < pairs.Count; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report(new MemberProgress((double)index / pairs.Count, $"image {index + 1}/{pairs.Count}"));
            long begun = clock.GetTimestamp();
            double megavoxels = predict(pairs[index], index) / 1e6;
            seconds.Add(clock.GetElapsedTime(begun).TotalSeconds / megavoxels);
            PredictedMegavoxels += megavoxels;
        }

        progress.Report(new MemberProgress(1, "judging"));
    }
}
