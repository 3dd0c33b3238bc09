using Morula.Formats;
using Morula.Measuring;
using Morula.Samples;

namespace Morula.Comparison;

/// <summary>Times the prediction of images, from file to files.</summary>
internal sealed class PredictionPace(TimeProvider clock, HeldOutImages images, IProgress<MemberProgress> progress, CancellationToken cancellation)
{
    // Code is compiled while it first runs; the median of three or more does not notice.
    private const int NeedsNoWarmUp = 3;

    private readonly List<double> seconds = [];

    /// <summary>Millions of voxels predicted, to warm up too.</summary>
    public double PredictedMegavoxels { get; private set; }

    /// <summary>Median over the images; of a movie, that of the whole.</summary>
    public double SecondsPerMegavoxel => Median.Of(seconds);

    /// <summary>Predicts every image.</summary>
    /// <param name="predict">Predicts the pair of an index and answers with the number of voxels of its image.</param>
    public void Measure(Func<Pair, int, long> predict)
    {
        IReadOnlyList<Pair> pairs = images.Pairs;
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

    /// <summary>Predicts the frames of a movie at once, and links their cells.</summary>
    /// <param name="predict">Does so, and reports how far it is.</param>
    public void MeasureMovie(Action<FrameSequence> predict)
    {
        FrameSequence movie = images.Movie!;
        long begun = clock.GetTimestamp();
        predict(movie);
        PredictedMegavoxels = movie.Count * movie.Info(0).Extent.Count / 1e6;
        seconds.Add(clock.GetElapsedTime(begun).TotalSeconds / PredictedMegavoxels);
        progress.Report(new MemberProgress(1, "judging"));
    }
}
