using Morula.Lineages;
using Morula.Options;
using Morula.Samples;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Samples;

public sealed class ClipsTests
{
    // The mother 1 lives in frames 3 and 4, her daughters 2 and 3 in frame 5; 4 lives throughout.
    private static readonly Lineage Family = new([new(1, 3, 4, 0), new(2, 5, 5, 1), new(3, 5, 5, 1), new(4, 3, 5, 0)]);

    [Fact]
    public void Frames_that_follow_each_other_make_clips()
    {
        Pair[] frames = [.. new[] { 1, 2, 3, 4, 7, 8, 9 }.Select(Frame)];
        Assert.Equal(["t1..t3", "t2..t4", "t7..t9"], Clips.Of(frames, 3, apart: false).Select(clip => clip.Name));
        Assert.Equal(["t1..t2", "t3..t4", "t7..t8"], Clips.Of(frames, 2, apart: true).Select(clip => clip.Name));
        Assert.Equal(7, Clips.Of(frames, 3, apart: false)[2].FirstFrame);
        Assert.Contains("clips of 5 frames", Assert.Throws<OptionsException>(() => Clips.Of(frames, 5, apart: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sample_of_a_clip_knows_births_and_divisions()
    {
        Sample sample = Source().Get(0);
        Assert.Equal(new Extent(3, 4, 4, 8), sample.Image.Extent);
        Assert.Equal([1, 2, 3, 4], sample.Cells.Select(cell => cell.Label));
        Assert.Equal([CellEvents.Divides, CellEvents.Born, CellEvents.Born, CellEvents.None], sample.Cells.Select(cell => cell.Events!.Value));
        Assert.Equal([0, 2, 2, 0], sample.Cells.Select(cell => (int)cell.Box[0]));
        Assert.Equal([2, 3, 3, 3], sample.Cells.Select(cell => (int)cell.Box[4]));
    }

    private static SampleSource Source()
    {
        SampleOptions options = new SampleOptions { Crop = [3, 4, 4, 8], MinimumVoxels = 1, LowPercentile = 0, HighPercentile = 100 }.Plain();
        var reader = new PairReader((path, rank) => Scene(path, rank).Image, (path, rank) => Scene(path, rank).Labels, _ => true, _ => true);
        return new SampleSource(new ImageStore(options, reader), Clips.Of([.. new[] { 3, 4, 5 }.Select(Frame)], 3, apart: false), options, 1);
    }

    private static (Volume Image, LabelVolume Labels) Scene(string path, int? rank)
    {
        Assert.Equal(3, rank);
        int frame = int.Parse(path[1..]);
        var extent = new Extent(4, 4, 8);
        int[] labels = [.. Enumerable.Range(0, 128).Select(voxel => (voxel % 8) switch { < 2 => frame < 5 ? 1 : 2, < 4 => frame < 5 ? 1 : 3, < 6 => 0, _ => 4 })];
        return (new Volume(extent, Spacing.Unit(3), [.. labels.Select(label => (float)label)]), new LabelVolume(extent, Spacing.Unit(3), labels));
    }

    private static Pair Frame(int number) => new($"t{number}", $"t{number}", $"t{number}", null, Split.Training) { Lineage = Family };
}
