using Morula.Tracking;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Tracking;

public sealed class WindowEvidenceTests
{
    // A cell of eight voxels, called 7, becomes two of four, called 3 and 5, in the second frame; all stay in the third.
    private static readonly int[][] Frames = [[7, 7, 7, 7, 7, 7, 7, 7], [3, 3, 3, 3, 5, 5, 5, 5], [1, 1, 1, 1, 2, 2, 2, 2]];

    [Fact]
    public void A_window_that_sees_a_division_tells_it()
    {
        LinkEvidence evidence = Gather(Window([0, 1, 2], [[1, 1, 1, 1, 1, 1, 1, 1], [2, 2, 2, 2, 3, 3, 3, 3], [2, 2, 2, 2, 3, 3, 3, 3]], born: [0.1, 0.8, 0.7], divides: [0.9, 0.2, 0.3]));
        Assert.Equal(0.9, evidence.Divisions[(40, 7)]);
        Assert.Equal(0.8, evidence.Births[(41, 3)]);
        Assert.Equal(0.7, evidence.Births[(41, 5)]);
        // Behind the division both go on: they neither divide nor are born.
        Assert.Equal([(41, 3, 1), (41, 5, 2)], evidence.Links.Keys.Order());
        Assert.All(evidence.Links.Values, chance => Assert.Equal(1, chance));
        Assert.Equal(0, evidence.Divisions[(41, 3)]);
        Assert.Equal(0, evidence.Births[(42, 1)]);
    }

    [Fact]
    public void Windows_vote_and_repeated_frames_have_no_voice()
    {
        SeenWindow sees = Window([0, 0, 1], [[1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1], [2, 2, 2, 2, 3, 3, 3, 3]], born: [0, 1, 1], divides: [1, 0, 0]);
        SeenWindow misses = Window([0, 1, 2], [[1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 2, 2, 2, 2], [1, 1, 1, 1, 2, 2, 2, 2]], born: [0, 0.5], divides: [0, 0]);
        LinkEvidence evidence = Gather(sees, misses);
        Assert.Equal(0.5, evidence.Divisions[(40, 7)]);
        Assert.Equal(0.5, evidence.Births[(41, 3)]);
        Assert.Equal(0.75, evidence.Births[(41, 5)]);
        Assert.Equal(0.5, evidence.Links[(40, 7, 3)]);
        Assert.False(evidence.Links.ContainsKey((40, 7, 5)));
    }

    [Fact]
    public void A_cell_that_no_window_sees_has_no_evidence()
    {
        LinkEvidence evidence = Gather(Window([0, 1], [[0, 0, 0, 0, 0, 0, 0, 0], [1, 1, 0, 0, 0, 0, 0, 0]], born: [1], divides: [1]));
        Assert.Empty(evidence.Divisions);
        Assert.Equal([(41, 3)], evidence.Births.Keys);
    }

    private static LinkEvidence Gather(params SeenWindow[] windows) => WindowEvidence.Gather(
        [40, 41, 42], frame => new LabelVolume(new Extent(1, 1, 8), Spacing.Unit(3), Frames[frame]), windows, TestContext.Current.CancellationToken);

    private static SeenWindow Window(int[] frames, int[][] seen, double[] born, double[] divides) =>
        new(frames, new LabelVolume(new Extent(seen.Length, 1, 1, 8), Spacing.Unit(4), [.. seen.SelectMany(frame => frame)]), born, divides);
}
