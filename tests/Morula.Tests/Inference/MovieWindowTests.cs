using Morula.Inference;
using Xunit;

namespace Morula.Tests.Inference;

public sealed class MovieWindowTests
{
    [Theory]
    [InlineData(1, 3, 1), InlineData(3, 3, 1), InlineData(10, 3, 1), InlineData(10, 3, 2), InlineData(11, 5, 2), InlineData(12, 5, 5), InlineData(13, 4, 3), InlineData(2, 5, 3)]
    public void Every_frame_is_kept_once_by_a_window_that_sees_it(int frames, int length, int step)
    {
        IReadOnlyList<MovieWindow> windows = MovieWindow.Plan(frames, length, step);
        Assert.Equal(Enumerable.Range(0, frames), windows.SelectMany(window => window.Kept));
        Assert.All(windows, window => Assert.Equal(length, window.Frames.Count));
        Assert.All(windows, window => Assert.Equal(window.Frames, window.Frames.Order()));
        Assert.All(windows, window => Assert.True(window.Kept.All(window.Frames.Contains)));
    }

    [Fact]
    public void Windows_of_one_step_keep_their_middle_and_repeat_the_ends_of_the_movie() =>
        Assert.Equal(["0 0 1: 0", "0 1 2: 1", "1 2 3: 2", "2 3 3: 3"], MovieWindow.Plan(4, 3, 1).Select(window => $"{string.Join(' ', window.Frames)}: {string.Join(' ', window.Kept)}"));

    [Fact]
    public void A_step_that_leaves_frames_out_is_refused() => Assert.Throws<ArgumentException>(() => MovieWindow.Plan(10, 3, 4));
}
