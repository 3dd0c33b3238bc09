namespace Morula.Inference;

/// <summary>A few frames of a movie that the network sees at once.</summary>
/// <param name="Frames">The frames in order of time, counted in the movie from 0. At its ends the first or last is repeated.</param>
/// <param name="Kept">Frames that this window answers for: those that lie in its middle.</param>
public sealed record MovieWindow(IReadOnlyList<int> Frames, IReadOnlyList<int> Kept)
{
    /// <summary>The windows of a movie, in order of time; every frame is kept by one.</summary>
    /// <param name="frames">Length of the movie, at least 1.</param>
    /// <param name="length">Frames of a window.</param>
    /// <param name="step">Frames from one window to the next, and frames that each keeps.</param>
    /// <exception cref="ArgumentException">Windows would leave frames out.</exception>
    public static IReadOnlyList<MovieWindow> Plan(int frames, int length, int step)
    {
        if (frames < 1 || length < 1 || step < 1 || step > length)
            throw new ArgumentException($"{frames} frames cannot be covered by windows of {length} frames every {step}.", nameof(step));
        int before = (length - step) / 2;
        return [.. Enumerable.Range(0, (frames + step - 1) / step).Select(index => new MovieWindow(
            [.. Enumerable.Range((index * step) - before, length).Select(frame => Math.Clamp(frame, 0, frames - 1))],
            [.. Enumerable.Range(index * step, Math.Min(step, frames - (index * step)))]))];
    }
}
