using Morula.Inference;
using Morula.Model;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Inference;

public sealed class FrameSliceTests
{
    // One cell over three frames, one in the last alone; each with two bins over time and one in space.
    private static readonly Detections Clip = new(
        4, [0, 1, 2, 3, 3, 4, 5, 6, 2, 0, 0, 0, 3, 9, 9, 9], [0.9f, 0.8f], [1, 2], new Extent(2, 1, 1, 1), [0.2f, 0.8f, 1, 1]);

    [Fact]
    public void A_frame_holds_who_spans_its_middle()
    {
        Assert.Equal([0], FrameSlice.Of(Clip, 0, 0.5).Places);
        FrameSlice last = FrameSlice.Of(Clip, 2, 0.5);
        Assert.Equal([0, 1], last.Places);
        Assert.Equal([1, 2, 3, 4, 5, 6], last.Cells.Box(0).ToArray());
        Assert.Equal([0.9f, 0.8f], last.Cells.Scores);
        Assert.Equal([1, 2], last.Cells.Classes);
        Assert.Equal(new Extent(1, 1, 1), last.Cells.MaskExtent);
    }

    [Fact]
    public void A_box_may_fail_to_reach_the_middle_of_a_frame_by_the_slack()
    {
        Detections late = Clip with { Boxes = [.. Clip.Box(0), 1.7f, 0, 0, 0, 3, 9, 9, 9] };
        Assert.Equal([0], FrameSlice.Of(late, 1, 0.5).Places);
        Assert.Equal([0, 1], FrameSlice.Of(late, 1, 0.5, 0.25).Places);
        Assert.Equal([0], FrameSlice.Of(late, 1, 0.5, 0.15).Places);
    }

    [Fact]
    public void Of_two_cells_in_one_place_the_better_stays()
    {
        Detections twice = Clip with { Boxes = [.. Clip.Box(0), .. Clip.Box(0)] };
        Assert.Equal([0], FrameSlice.Of(twice, 1, 0.5).Places);
        Assert.Equal([0, 1], FrameSlice.Of(twice, 1, 1).Places);
    }

    [Fact]
    public void Masks_change_linearly_between_the_bins_over_time_and_not_beyond()
    {
        // Bins have their middles at 0.75 and 2.25 frames.
        Assert.Equal([0.2f, 0.5f, 0.8f], Enumerable.Range(0, 3).Select(frame => MathF.Round(FrameSlice.Of(Clip, frame, 0.5).Cells.Mask(0)[0], 5)));
    }
}
