using Morula.Inference;
using Xunit;

namespace Morula.Tests.Inference;

public sealed class MovieWindowTests
{
    [Theory]
    [InlineData(1, 3, 1), InlineData(3, 3, 1), InlineData(4, 3, 1), InlineData(10, 3, 1), InlineData(10, 3, 2), InlineData(11, 5, 2), InlineData(12, 5, 5), InlineData(13, 4, 3)]
    public void Every_frame_is_kept_once_where_its_window_sees_farthest_to_both_sides(int frames, int length, int step)
    {
        IReadOnlyList<MovieWindow> windows = MovieWindow.Plan(frames, length, step);
        Assert.Equal(Enumerable.Range(0, frames), windows.SelectMany(window => window.Kept));
        foreach (MovieWindow window in windows)
        {
            Assert.InRange(window.First, 0, frames - window.Length);
            foreach (int frame in window.Kept)
                Assert.Equal(windows.Where(other => Sees(other, frame)).Max(other => Margin(other, frame)), Margin(window, frame));
        }
    }

    [Fact]
    public void Windows_of_one_step_keep_their_middle_and_the_ends_of_the_movie() =>
        Assert.Equal(["0 1", "2", "3", "4 5"], MovieWindow.Plan(6, 3, 1).Select(window => string.Join(' ', window.Kept)));

    [Fact]
    public void A_step_that_leaves_frames_out_is_refused() => Assert.Throws<ArgumentException>(() => MovieWindow.Plan(10, 3, 4));

    private static bool Sees(MovieWindow window, int frame) => frame >= window.First && frame < window.First + window.Length;

    private static int Margin(MovieWindow window, int frame) => Math.Min(frame - window.First, window.First + window.Length - 1 - frame);
}
