using Morula.Formats;
using Morula.Samples;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Samples;

public sealed class ImageStoreTests
{
    [Fact]
    public void A_ball_seen_on_two_grids_lands_on_one_place()
    {
        // One field of 20 x 24 x 30 µm, seen at (0.5, 0.25, 0.3) and labelled at (0.8, 0.8, 0.75).
        double[] centre = [9.3, 13.1, 16.2];
        var seen = new LabelVolume(new Extent(40, 96, 100), new Spacing(0.5, 0.25, 0.3));
        var labels = new LabelVolume(new Extent(25, 30, 40), new Spacing(0.8, 0.8, 0.75));
        Scenes.Paint(seen, centre, 6, 1);
        Scenes.Paint(labels, centre, 6, 7);
        var image = new Volume(seen.Extent, seen.Spacing, [.. seen.Voxels.Select(voxel => (float)voxel)]);
        var options = new SampleOptions { Crop = [16], Spacing = [0.6] };
        LoadedPair loaded = Scenes.Load(options, image, labels);

        Assert.Equal([33, 40, 50], loaded.Image.Extent.Sizes.ToArray());
        Assert.Equal(loaded.Image.Extent, loaded.Labels.Extent);
        double[] bright = Centre(loaded.Image.Voxels.Select(value => (value + 1) / 2.0), loaded.Image.Extent);
        double[] marked = Centre(loaded.Labels.Voxels.Select(label => label / 7.0), loaded.Image.Extent);
        for (int axis = 0; axis < 3; axis++)
        {
            Assert.InRange(bright[axis] - marked[axis], -0.5, 0.5);
            Assert.InRange((bright[axis] * loaded.Image.Spacing[axis]) - centre[axis], -0.15, 0.15);
        }
    }

    [Theory]
    [InlineData(new[] { 0.6 }, new[] { 2, 10, 20 })]
    [InlineData(new[] { 1.2, 0.6, 0.3 }, new[] { 1, 10, 40 })]
    public void The_working_spacing_is_one_number_or_one_per_axis(double[] working, int[] expected)
    {
        Assert.Equal(expected, CommonGrid.Working(new Spacing(1.2, 0.3, 0.3), new Extent(1, 20, 40), working).Sizes.ToArray());
        int[] movie = [7, .. expected];
        Assert.Equal(movie, CommonGrid.Working(new Spacing(90, 1.2, 0.3, 0.3), new Extent(7, 1, 20, 40), working).Sizes.ToArray());
    }

    [Fact]
    public void The_cache_keeps_the_last_used_within_its_bound()
    {
        // 64 x 64 x 64 voxels of 8 bytes are 2 MiB: two fit into 5.
        var reads = new int[4];
        var scene = Scenes.Balls(1, 64, 64, 64);
        var options = new SampleOptions { CacheMegabytes = 5 };
        var store = new ImageStore(options, Counting(reads, scene));
        foreach (int number in new[] { 0, 1, 0, 2, 0, 1, 3, 3, 0 })
        {
            store.Load(Scenes.Pair($"{number}"));
            Assert.InRange(store.CachedBytes, 1, 5 << 20);
        }

        Assert.Equal([2, 2, 1, 1], reads);
    }

    [Fact]
    public void An_image_larger_than_the_cache_is_not_kept()
    {
        var reads = new int[1];
        var store = new ImageStore(new SampleOptions { CacheMegabytes = 1 }, Counting(reads, Scenes.Balls(1, 64, 64, 64)));
        for (int time = 0; time < 3; time++) store.Load(Scenes.Pair("0"));
        Assert.Equal(0, store.CachedBytes);
        Assert.Equal(3, reads[0]);
    }

    [Fact]
    public void Many_threads_read_an_image_once()
    {
        var reads = new int[3];
        var store = new ImageStore(new SampleOptions(), Counting(reads, Scenes.Balls(1, 30, 30, 30)));
        var loaded = new LoadedPair[60];
        Parallel.For(0, loaded.Length, index => loaded[index] = store.Load(Scenes.Pair($"{index % 3}")));
        Assert.Equal([1, 1, 1], reads);
        Assert.Equal(3, loaded.Distinct().Count());
    }

    [Fact]
    public void A_failed_reading_is_tried_again()
    {
        int tries = 0;
        var (image, labels) = Scenes.Balls(1, 8, 8);
        var reader = Scenes.Reader((image, labels)) with { Image = (path, _) => tries++ == 0 ? throw new VolumeFormatException(path, "is torn.") : image };
        var store = new ImageStore(new SampleOptions(), reader);
        Assert.Throws<VolumeFormatException>(() => store.Load(Scenes.Pair()));
        Assert.Equal(image.Extent, store.Load(Scenes.Pair()).Image.Extent);
    }

    [Fact]
    public void Fields_that_differ_are_refused_with_both_files_sizes_and_spacings()
    {
        var image = new Volume(new Extent(70, 256, 356), new Spacing(0.43, 0.18, 0.18));
        var labels = new LabelVolume(new Extent(134, 205, 285), new Spacing(0.2246, 0.2248, 0.25));
        labels.Voxels[0] = 1;
        string message = Refusal(image, labels);
        foreach (string part in new[] { "scene.image", "scene.labels", "70 x 256 x 356", "134 x 205 x 285", "0.43 x 0.18 x 0.18", "0.2246 x 0.2248 x 0.25", "along X" })
            Assert.Contains(part, message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Sizes_that_differ_without_a_spacing_are_refused()
    {
        var labels = new LabelVolume(new Extent(100, 101), Spacing.Unit(2));
        labels.Voxels[0] = 1;
        Assert.Contains("100 x 101", Refusal(new Volume(new Extent(100, 100), Spacing.Unit(2)), labels));
    }

    [Fact]
    public void Labels_without_a_spacing_take_that_of_an_image_of_their_size()
    {
        var image = new Volume(new Extent(4, 20), new Spacing(2, 0.5));
        var labels = new LabelVolume(image.Extent, Spacing.Unit(2));
        labels.Voxels[0] = 1;
        LoadedPair loaded = Scenes.Load(new SampleOptions { Spacing = [1] }, image, labels);
        Assert.Equal([8, 10], loaded.Labels.Extent.Sizes.ToArray());
        Assert.Equal(loaded.Image.Spacing, loaded.Labels.Spacing);
    }

    [Theory]
    [InlineData(0, "no cell")]
    [InlineData(-4, "label -4")]
    public void Labels_that_hold_no_cell_or_no_label_are_refused(int label, string part)
    {
        var labels = new LabelVolume(new Extent(4, 4), Spacing.Unit(2));
        labels.Voxels[3] = label;
        Assert.Contains(part, Refusal(new Volume(labels.Extent, labels.Spacing), labels));
    }

    [Fact]
    public void Another_rank_is_refused()
    {
        var labels = new LabelVolume(new Extent(4, 4), Spacing.Unit(2));
        Array.Fill(labels.Voxels, 1);
        Assert.Contains("2 axes", Refusal(new Volume(new Extent(1, 4, 4), Spacing.Unit(3)), labels));
    }

    [Fact]
    public void The_background_label_of_ASTEC_is_no_cell()
    {
        var labels = new LabelVolume(new Extent(1, 4), Spacing.Unit(2), [1, 1, 2, 3]);
        LoadedPair loaded = Scenes.Load(new SampleOptions { BackgroundLabel = 1 }, new Volume(labels.Extent, labels.Spacing), labels);
        Assert.Equal([2, 3], loaded.Cells.Select(cell => cell.Label));
        Assert.Equal([1, 1, 2, 3], labels.Voxels);
    }

    [Fact]
    public void A_working_spacing_needs_a_file_that_states_one()
    {
        var reader = Scenes.Reader(Scenes.Balls(1, 8, 8)) with { IsCalibrated = _ => false };
        var store = new ImageStore(new SampleOptions { Spacing = [0.5] }, reader);
        Assert.Contains("states no voxel spacing", Assert.Throws<VolumeFormatException>(() => store.Load(Scenes.Pair())).Message);
    }

    private static string Refusal(Volume image, LabelVolume labels) =>
        Assert.Throws<VolumeFormatException>(() => Scenes.Load(new SampleOptions(), image, labels)).Message;

    private static PairReader Counting(int[] reads, (Volume Image, LabelVolume Labels) scene) => Scenes.Reader(scene) with
    {
        Image = (path, _) =>
        {
            Interlocked.Increment(ref reads[path[0] - '0']);
            return scene.Image;
        },
        Labels = (_, _) => scene.Labels,
    };

    // Centre of mass in voxels, the first voxel reaching from 0 to 1.
    private static double[] Centre(IEnumerable<double> weights, Extent extent)
    {
        var centre = new double[extent.Rank];
        double sum = 0;
        long index = 0;
        foreach (double weight in weights)
        {
            int[] place = Scenes.Place(extent, index++);
            sum += weight;
            for (int axis = 0; axis < centre.Length; axis++) centre[axis] += weight * (place[axis] + 0.5);
        }

        return [.. centre.Select(total => total / sum)];
    }
}
