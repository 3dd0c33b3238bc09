using Morula.Samples;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Samples;

public sealed class BalanceTests
{
    [Fact]
    public void One_embryo_is_drawn_in_the_order_it_always_was()
    {
        Pair[] pairs = [.. Enumerable.Range(0, 7).Select(number => Scenes.Pair($"{number}"))];
        DrawOrder order = DrawOrder.Of(pairs, pair => pair.Embryo);
        for (int visit = 0; visit < 60; visit++)
        {
            int[] shuffled = [.. Enumerable.Range(0, 7)];
            new Random(SampleSeed.Mix(~9, visit / 7)).Shuffle(shuffled);
            Assert.Same(pairs[shuffled[visit % 7]], order.At(visit, ~9));
        }
    }

    [Fact]
    public void Embryos_are_seen_equally_often_and_so_are_the_frames_of_each()
    {
        Pair[] pairs = [.. Enumerable.Range(0, 12).Select(number => Scenes.Pair($"{number}") with { Embryo = number < 9 ? "long" : number < 11 ? "short" : "one" })];
        DrawOrder order = DrawOrder.Of(pairs, pair => pair.Embryo);
        Pair[] drawn = [.. Enumerable.Range(0, 3 * 18).Select(visit => order.At(visit, 4))];
        Assert.All(drawn.GroupBy(pair => pair.Embryo), group => Assert.Equal(18, group.Count()));
        Assert.All(drawn.GroupBy(pair => pair), group => Assert.Equal(group.Key.Embryo switch { "long" => 2, "short" => 9, _ => 18 }, group.Count()));
        Assert.NotEqual(drawn, Enumerable.Range(0, 54).Select(visit => order.At(visit, 5)));
    }

    [Fact]
    public void Unbalanced_every_frame_is_seen_equally_often()
    {
        var options = Scenes.Plain with { Crop = [4, 4], BalanceEmbryos = false };
        int[] seen = Draw(options, 12);
        Assert.All(seen.GroupBy(label => label), group => Assert.Equal(4, group.Count()));
        int[] balanced = Draw(options with { BalanceEmbryos = true }, 12);
        Assert.Equal(6, balanced.Count(label => label == 102));
    }

    [Fact]
    public void Stages_are_seen_equally_often()
    {
        // Frames of 1, 1, 1 and 8 cells: two stages.
        var scenes = Enumerable.Range(0, 4).Select(number => Cells(number < 3 ? 1 : 8, 100 * (number + 1))).ToArray();
        Pair[] pairs = [.. Enumerable.Range(0, 4).Select(number => Scenes.Pair($"{number}"))];
        var options = Scenes.Plain with { Crop = [4, 4], BalanceStages = true };
        var source = new SampleSource(Scenes.Store(options, scenes), pairs, options, 1);
        int[] frames = [.. Enumerable.Range(0, 24).Select(index => source.Get(index).Labels.Voxels.Max() / 100)];
        Assert.Equal(12, frames.Count(frame => frame == 4));
        Assert.Equal([4, 4, 4], frames.Where(frame => frame < 4).GroupBy(frame => frame).Select(group => group.Count()));
    }

    [Fact]
    public void Small_and_large_cells_are_drawn_equally_often()
    {
        // Forty cells of one voxel, and one of many.
        var labels = new LabelVolume(new Extent(40, 60), Spacing.Unit(2));
        for (int cell = 0; cell < 40; cell++) labels.Voxels[(cell * 60) + 59] = cell + 1;
        Scenes.Paint(labels, [20, 12], 9, 50);
        ICropSource source = Scenes.Load(Scenes.Plain, new Volume(labels.Extent, labels.Spacing), labels);
        var random = new Random(1);
        Assert.InRange(Large(0), 0, 60);
        Assert.InRange(Large(1), 430, 570);
        Assert.InRange(Large(0.5), 190, 310);

        int Large(double balance)
        {
            var options = new SampleOptions { CellShare = 1, SizeBalance = balance };
            return Enumerable.Range(0, 1000).Count(_ => CropWindow.Draw(source, new Extent(8, 8), options, random).Lower[1] < 30);
        }
    }

    private static int[] Draw(SampleOptions options, int samples)
    {
        var scenes = Enumerable.Range(0, 3).Select(number => Cells(1, 100 + number)).ToArray();
        Pair[] pairs = [.. Enumerable.Range(0, 3).Select(number => Scenes.Pair($"{number}") with { Embryo = number < 2 ? "a" : "b" })];
        var source = new SampleSource(Scenes.Store(options, scenes), pairs, options, 1);
        return [.. Enumerable.Range(0, samples).Select(index => source.Get(index).Labels.Voxels.Max())];
    }

    private static (Volume Image, LabelVolume Labels) Cells(int count, int first)
    {
        var labels = new LabelVolume(new Extent(4, 4), Spacing.Unit(2));
        for (int cell = 0; cell < count; cell++) labels.Voxels[cell] = first + cell;
        return (new Volume(labels.Extent, labels.Spacing), labels);
    }
}
