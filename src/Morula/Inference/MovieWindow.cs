namespace Morula.Inference;

/// <summary>A few frames of a movie that the network sees at once.</summary>
/// <param name="First">First frame, from 0.</param>
/// <param name="Length">Number of frames.</param>
/// <param name="Kept">Frames that this window answers for, counted in the movie: those in which no other window sees as far to both sides.</param>
public sealed record MovieWindow(int First, int Length, IReadOnlyList<int> Kept)
{
    /// <summary>The windows of a movie, in order of time; every frame is kept by one.</summary>
    /// <param name="frames">Length of the movie, at least 1.</param>
    /// <param name="length">Frames of a window; a shorter movie is one window.</param>
    /// <param name="step">Frames from one window to the next.</param>
    /// <exception cref="ArgumentException">Windows would leave frames out.</exception>
    public static IReadOnlyList<MovieWindow> Plan(int frames, int length, int step)
    {
        if (frames < 1 || length < 1 || step < 1 || step > length)
            throw new ArgumentException($"{frames} frames cannot be covered by windows of {length} frames every {step}.", nameof(step));
        int size = Math.Min(frames, length);
        int last = frames - size;
        int[] starts = [.. Enumerable.Range(0, (last / step) + 1).Select(index => index * step), .. last % step > 0 ? [last] : Array.Empty<int>()];
        ILookup<int, int> keepers = Enumerable.Range(0, frames)
            .ToLookup(frame => starts.MinBy(start => Math.Abs((2 * frame) + 1 - ((2 * start) + size))), frame => frame);
        return [.. starts.Select(start => new MovieWindow(start, size, [.. keepers[start]]))];
    }
}
