using Morula.Samples;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Samples;

public sealed class SampleSourceTests
{
    private static readonly SampleOptions Varied = new() { Crop = [20, 24, 28], MinimumVoxels = 1, MinimumVisible = 0 };

    [Fact]
    public void A_sample_depends_on_seed_and_index_alone()
    {
        Pair[] pairs = [Scenes.Pair("0"), Scenes.Pair("1"), Scenes.Pair("2")];
        var scenes = new[] { Scenes.Balls(1, 40, 40, 40), Scenes.Balls(2, 30, 50, 40), Scenes.Balls(3, 15, 33, 60) };
        SampleSource Source(int seed) => new(Scenes.Store(Varied, scenes), pairs, Varied, seed);

        Sample[] forward = [.. Enumerable.Range(0, 12).Select(index => Source(5).Get(index))];
        SampleSource shared = Source(5);
        var parallel = new Sample[12];
        Parallel.For(0, 12, index => parallel[11 - index] = shared.Get(11 - index));
        for (int index = 0; index < 12; index++) AssertSame(forward[index], parallel[index]);
        Assert.NotEqual(forward[0].Image.Voxels, forward[1].Image.Voxels);
        Assert.NotEqual(forward[0].Image.Voxels, Source(6).Get(0).Image.Voxels);
    }

    [Fact]
    public void Every_image_is_seen_equally_often()
    {
        var options = Scenes.Plain with { Crop = [4, 4], SamplesPerImage = 2 };
        var scenes = Enumerable.Range(0, 5).Select(number => Constant(100 + number, 4, 4)).ToArray();
        Pair[] pairs = [.. Enumerable.Range(0, 5).Select(number => Scenes.Pair($"{number}"))];
        var source = new SampleSource(Scenes.Store(options, scenes), pairs, options, 1);
        int[] seen = [.. Enumerable.Range(0, 30).Select(index => source.Get(index).Labels.Voxels[0])];
        Assert.All(seen.GroupBy(label => label), group => Assert.Equal(6, group.Count()));
        Assert.Equal(5, seen.Distinct().Count());
        for (int index = 0; index < 30; index += 2) Assert.Equal(seen[index], seen[index + 1]);
        Assert.NotEqual(seen[..10], seen[10..20]);
    }

    [Theory]
    [InlineData(new[] { 40, 50 }, new[] { 16, 24 })]
    [InlineData(new[] { 20, 24, 40 }, new[] { 12, 16, 28 })]
    [InlineData(new[] { 10, 12, 14 }, new[] { 16, 16, 16 })]
    [InlineData(new[] { 4, 20, 24, 30 }, new[] { 3, 12, 16, 20 })]
    [InlineData(new[] { 4, 20, 24, 30 }, new[] { 6, 12, 16, 40 })]
    public void Without_variation_a_sample_is_a_plain_crop(int[] sizes, int[] crop)
    {
        var (image, labels) = Scenes.Balls(4, sizes);
        var options = Scenes.Plain with { Crop = crop };
        LoadedPair loaded = Scenes.Load(options, image, labels);
        var source = new SampleSource(Scenes.Store(options, (image, labels)), [Scenes.Pair()], options, 3);
        for (int index = 0; index < 8; index++)
        {
            Sample sample = source.Get(index);
            Block[] places = [.. Places(sizes, crop).Where(place =>
                loaded.Labels.Crop(place).Voxels.AsSpan().SequenceEqual(sample.Labels.Voxels)
                && loaded.Image.Crop(place, Intensity.Background).Voxels.AsSpan().SequenceEqual(sample.Image.Voxels))];
            Assert.NotEmpty(places);
        }
    }

    [Theory]
    [InlineData(new[] { 60, 70 }, new[] { 32, 48 })]
    [InlineData(new[] { 30, 44, 50 }, new[] { 20, 24, 32 })]
    [InlineData(new[] { 14, 44, 30 }, new[] { 20, 24, 32 })]
    [InlineData(new[] { 5, 24, 28, 30 }, new[] { 3, 20, 20, 20 })]
    public void Boxes_are_tight_around_the_labels_after_every_variation(int[] sizes, int[] crop)
    {
        var options = Varied with { Crop = crop };
        var source = new SampleSource(Scenes.Store(options, Scenes.Balls(7, sizes)), [Scenes.Pair()], options, 9);
        int cells = 0;
        for (int index = 0; index < 10; index++)
        {
            Sample sample = source.Get(index);
            Assert.Equal(crop, sample.Image.Extent.Sizes.ToArray());
            Assert.Equal(sample.Labels.Voxels.Where(label => label != 0).Distinct().Order(), sample.Cells.Select(cell => cell.Label));
            foreach (TruthCell cell in sample.Cells) Assert.Equal(TightBox(sample.Labels, cell.Label), cell.Box);
            Assert.All(sample.Image.Voxels, value => Assert.True(float.IsFinite(value)));
            cells += sample.Cells.Count;
        }

        Assert.True(cells > 10);
    }

    [Theory]
    [InlineData(new[] { 30, 40 }, new[] { 12, 20 })]
    [InlineData(new[] { 20, 24, 28 }, new[] { 10, 14, 30 })]
    [InlineData(new[] { 3, 20, 24, 28 }, new[] { 2, 10, 14, 30 })]
    public void Image_and_labels_turn_together(int[] sizes, int[] crop)
    {
        LabelVolume labels = Scenes.Balls(6, sizes).Labels;
        var image = new Volume(labels.Extent, labels.Spacing, [.. labels.Voxels.Select(label => (float)label)]);
        var options = Scenes.Plain with { Crop = crop, Symmetries = true };
        var source = new SampleSource(Scenes.Store(options, (image, labels)), [Scenes.Pair()], options, 1);
        float least = labels.Voxels.Min();
        float most = labels.Voxels.Max();
        for (int index = 0; index < 20; index++)
        {
            Sample sample = source.Get(index);
            for (int voxel = 0; voxel < sample.Labels.Voxels.Length; voxel++)
                Assert.Equal((2 * (sample.Labels.Voxels[voxel] - least) / (most - least)) - 1, sample.Image.Voxels[voxel], 1e-5);
        }
    }

    [Fact]
    public void A_crop_of_another_rank_is_refused()
    {
        var options = new SampleOptions { Crop = [8, 8] };
        var source = new SampleSource(Scenes.Store(options, Scenes.Balls(1, 9, 9, 9)), [Scenes.Pair()], options, 1);
        Assert.Contains("2 sizes (8 8) for images of 3 axes", Assert.Throws<Morula.Options.OptionsException>(() => source.Get(0)).Message);
    }

    [Fact]
    public void A_cell_hardly_visible_is_no_truth_but_keeps_its_voxels()
    {
        var labels = new LabelVolume(new Extent(1, 20), Spacing.Unit(2));
        labels.Voxels.AsSpan(0, 10).Fill(1);
        labels.Voxels.AsSpan(10, 10).Fill(2);
        var options = Scenes.Plain with { Crop = [1, 11], MinimumVisible = 0.25, CellShare = 0 };
        var source = new SampleSource(Scenes.Store(options, (new Volume(labels.Extent, labels.Spacing), labels)), [Scenes.Pair()], options, 2);
        bool hidden = false;
        for (int index = 0; index < 40; index++)
        {
            Sample sample = source.Get(index);
            foreach (LabelledCell cell in sample.Labels.Cells())
                Assert.Equal(cell.VoxelCount >= 3, sample.Cells.Any(truth => truth.Label == cell.Label));
            hidden |= sample.Cells.Count == 1 && sample.Labels.Cells().Count == 2;
        }

        Assert.True(hidden);
    }

    [Fact]
    public void A_long_track_is_judged_by_the_frames_in_the_window()
    {
        // One cell lives for 20 frames and is seen whole in each: 2 frames of it are all there is to see.
        var labels = new LabelVolume(new Extent(20, 1, 4, 4), Spacing.Unit(4));
        Array.Fill(labels.Voxels, 3);
        var options = Scenes.Plain with { Crop = [2, 1, 4, 4], MinimumVisible = 0.9 };
        var source = new SampleSource(Scenes.Store(options, (new Volume(labels.Extent, labels.Spacing), labels)), [Scenes.Pair()], options, 2);
        Assert.Equal([0, 0, 0, 0, 2, 1, 4, 4], Assert.Single(source.Get(0).Cells).Box);
    }

    [Fact]
    public void A_cell_that_fits_is_shown_whole_when_the_crop_is_placed_around_it()
    {
        var labels = new LabelVolume(new Extent(50, 60), Spacing.Unit(2));
        Scenes.Paint(labels, [30, 9], 6, 8);
        var options = Scenes.Plain with { Crop = [16, 20], CellShare = 1 };
        var source = new SampleSource(Scenes.Store(options, (new Volume(labels.Extent, labels.Spacing), labels)), [Scenes.Pair()], options, 2);
        for (int index = 0; index < 30; index++)
            Assert.Equal(labels.Cells()[0].VoxelCount, source.Get(index).Labels.Voxels.Count(label => label == 8));
    }

    [Fact]
    public void A_cell_in_two_parts_stays_one_cell()
    {
        var labels = new LabelVolume(new Extent(3, 9), Spacing.Unit(2));
        (labels.Voxels[0], labels.Voxels[^1]) = (5, 5);
        var options = Scenes.Plain with { Crop = [3, 9] };
        var source = new SampleSource(Scenes.Store(options, (new Volume(labels.Extent, labels.Spacing), labels)), [Scenes.Pair()], options, 2);
        Assert.Equal([0, 0, 3, 9], Assert.Single(source.Get(0).Cells).Box);
    }

    private static (Volume Image, LabelVolume Labels) Constant(int label, params int[] sizes)
    {
        var labels = new LabelVolume(new Extent(sizes), Spacing.Unit(sizes.Length));
        Array.Fill(labels.Voxels, label);
        return (new Volume(labels.Extent, labels.Spacing), labels);
    }

    private static IEnumerable<Block> Places(int[] sizes, int[] crop)
    {
        var rooms = sizes.Zip(crop, (size, cut) => size - cut).ToArray();
        var extent = new Extent([.. rooms.Select(room => Math.Abs(room) + 1)]);
        for (long index = 0; index < extent.Count; index++)
        {
            int[] lower = [.. Scenes.Place(extent, index).Zip(rooms, (place, room) => Math.Min(0, room) + place)];
            yield return new Block(lower, [.. lower.Zip(crop, (from, size) => from + size)]);
        }
    }

    private static float[] TightBox(LabelVolume labels, int label)
    {
        int[][] places = [.. Enumerable.Range(0, labels.Voxels.Length).Where(index => labels.Voxels[index] == label).Select(index => Scenes.Place(labels.Extent, index))];
        var axes = Enumerable.Range(0, labels.Rank);
        return [.. axes.Select(axis => (float)places.Min(place => place[axis])), .. axes.Select(axis => (float)places.Max(place => place[axis]) + 1)];
    }

    private static void AssertSame(Sample left, Sample right)
    {
        Assert.Equal(left.Image.Voxels, right.Image.Voxels);
        Assert.Equal(left.Labels.Voxels, right.Labels.Voxels);
        Assert.Equal(left.Cells.SelectMany(cell => cell.Box), right.Cells.SelectMany(cell => cell.Box));
    }
}
