using Morula.Measuring;
using Morula.Model;
using Morula.Samples;
using Morula.Volumes;

namespace Morula.Inference;

/// <summary>
/// Goes through a movie window by window with a network of rank 4. The memory it takes is that of a window, however long the movie.
/// </summary>
/// <param name="predictor">Applies a network of rank 4.</param>
/// <param name="samples">What it was trained with: the length of its clips.</param>
/// <param name="options">Windows and thresholds.</param>
public sealed class MoviePredictor(Predictor predictor, SampleOptions samples, InferenceOptions options)
{
    /// <summary>The windows of a movie.</summary>
    /// <param name="frames">Length of the movie.</param>
    public IReadOnlyList<MovieWindow> Plan(int frames) =>
        MovieWindow.Plan(frames, options.Window.FramesOf(samples), options.Window.Step);

    /// <summary>The cells of a movie, one window after the other.</summary>
    /// <param name="windows">From <see cref="Plan"/>, or a part of it.</param>
    /// <param name="read">Gives a frame (Z Y X) by its number from 0; each is asked for once while it is in view.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    /// <exception cref="ArgumentException">The network has no time axis, or frames differ in size.</exception>
    public IEnumerable<WindowPrediction> Predict(IEnumerable<MovieWindow> windows, Func<int, Volume> read, CancellationToken cancellation = default)
    {
        if (predictor.Rank != 4) throw new ArgumentException($"A movie needs a network of rank 4, not {predictor.Rank}.", nameof(windows));
        var inView = new Dictionary<int, (Volume Image, Volume Working)>();
        foreach (MovieWindow window in windows)
        {
            foreach (int gone in inView.Keys.Except(window.Frames).ToArray()) inView.Remove(gone);
            foreach (int frame in window.Frames)
            {
                if (inView.ContainsKey(frame)) continue;
                Volume image = read(frame);
                inView[frame] = (image, predictor.Prepare(image));
            }

            yield return Predict(window, inView, cancellation);
        }
    }

    private WindowPrediction Predict(MovieWindow window, Dictionary<int, (Volume Image, Volume Working)> inView, CancellationToken cancellation)
    {
        Volume[] frames = [.. window.Frames.Select(frame => inView[frame].Working)];
        Detections found = predictor.Detect(FrameStack.Of(frames), cancellation: cancellation);
        HostGarbage.Collect();
        FrameSlice[] slices = [.. Enumerable.Range(0, frames.Length).Select(frame => FrameSlice.Of(found, frame, options.Window.SuppressionOverlap, options.Window.Slack))];
        FramePrediction[] kept = [.. window.Kept.Select(frame => Finish(frame, slices[Middle(window, frame)], frames[0].Extent, inView[frame].Image))];
        return new WindowPrediction(window, kept, Paint(slices, frames[0]), found);
    }

    // Of a frame that is repeated, the one nearest to the middle.
    private static int Middle(MovieWindow window, int frame) =>
        Enumerable.Range(0, window.Frames.Count).Where(place => window.Frames[place] == frame).MinBy(place => Math.Abs((2 * place) + 1 - window.Frames.Count));

    private FramePrediction Finish(int frame, FrameSlice slice, Extent working, Volume image)
    {
        Prediction cells = predictor.Finish(slice.Cells, working, image);
        HostGarbage.Collect();
        return new FramePrediction(frame, image, cells with { Places = [.. cells.Places.Select(place => slice.Places[place])] });
    }

    private LabelVolume Paint(FrameSlice[] slices, Volume working)
    {
        PaintOptions painting = options.PaintingAt(working.Spacing);
        var seen = new int[slices.Length * working.Extent.Count];
        for (int frame = 0; frame < slices.Length; frame++)
        {
            PaintedCells painted = Painter.Paint(slices[frame].Cells, working.Extent, working.Extent, working.Spacing, painting);
            Span<int> target = seen.AsSpan((int)(frame * working.Extent.Count), (int)working.Extent.Count);
            for (int voxel = 0; voxel < target.Length; voxel++)
                target[voxel] = painted.Labels.Voxels[voxel] is > 0 and var label ? slices[frame].Places[painted.Places[label - 1]] + 1 : 0;
        }

        return new LabelVolume(new Extent([slices.Length, .. working.Extent.Sizes]), new Spacing([1, .. working.Spacing.Steps]), seen);
    }
}
