using Morula.Formats;
using Morula.Samples;
using Morula.Tests.Formats;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Samples;

/// <summary>Samples whose crops are read from files, beside the same samples of images that are loaded whole.</summary>
public sealed class BlockReadingTests
{
    private static readonly string[] Images = ["a.tif", "a.ome.zarr", "a.h5", "a.mha", "a.npy", "a.nii", "a.nii.gz", "a.inr"];

    public static TheoryData<int, string, string> Kinds
    {
        get
        {
            var kinds = new TheoryData<int, string, string>();
            for (int rank = 2; rank <= 4; rank++)
            {
                for (int kind = 0; kind < Images.Length; kind++)
                {
                    string labels = Images[(kind + 3) % Images.Length];
                    if (rank < 4 || !(Images[kind].Contains(".inr", StringComparison.Ordinal) || labels.Contains(".inr", StringComparison.Ordinal))) kinds.Add(rank, Images[kind], labels);
                }
            }

            return kinds;
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Every_voxel_is_that_of_a_crop_of_the_loaded_image(int rank, string image, string labels)
    {
        using var folder = new TemporaryFolder();
        Pair pair = Write(folder, rank, image, labels, rank + 1);
        foreach (SampleOptions options in Settings(rank)) RequireSame([pair], options, samples: 6);
    }

    [Fact]
    public void So_is_every_voxel_of_a_clip_whose_frames_are_files()
    {
        using var folder = new TemporaryFolder();
        Pair[] frames = [.. Enumerable.Range(0, 5).Select(frame => Write(folder, 3, $"t{frame}.ome.zarr", $"s{frame}.tif", frame) with { Name = $"t{frame}" })];
        foreach (SampleOptions options in Settings(4)) RequireSame(Clips.Of(frames, 3, apart: false), options, samples: 6);
    }

    [Theory, Ranks]
    public void A_crop_larger_than_its_image_sees_background_around(int rank)
    {
        using var folder = new TemporaryFolder();
        Pair pair = Write(folder, rank, "a.ome.zarr", "b.h5", 3);
        RequireSame([pair], new SampleOptions { Crop = [.. Enumerable.Repeat(50, rank)], MinimumVoxels = 1, MinimumVisible = 0 }, samples: 2);
    }

    [Theory]
    [InlineData(ReadingKind.Auto, 600, false)]
    [InlineData(ReadingKind.Auto, 0, true)]
    [InlineData(ReadingKind.Blocks, 600, true)]
    [InlineData(ReadingKind.Whole, 0, false)]
    public void What_fits_into_the_cache_is_loaded_unless_told_otherwise(ReadingKind reading, int cache, bool blocks)
    {
        using var folder = new TemporaryFolder();
        Pair pair = Write(folder, 3, "a.ome.zarr", "b.tif", 1, [30, 200, 300]);
        var options = new SampleOptions { Crop = [12, 12, 12], Reading = reading, CacheMegabytes = cache };
        Assert.Equal(blocks, Open([pair], options).Open(pair) is StoredPair);
    }

    [Theory]
    [InlineData("a.nii.gz", 12)]
    [InlineData("a.ome.zarr", 250)]
    public void What_gains_nothing_by_it_is_loaded(string image, int crop)
    {
        using var folder = new TemporaryFolder();
        Pair pair = Write(folder, 3, image, "b.tif", 1, [30, 200, 300]);
        var options = new SampleOptions { Crop = [crop, crop, crop], CacheMegabytes = 0 };
        Assert.IsType<LoadedPair>(Open([pair], options).Open(pair));
    }

    [Fact]
    public void A_crop_reads_no_chunk_that_it_does_not_need()
    {
        using var folder = new TemporaryFolder();
        Pair pair = Write(folder, 3, "a.ome.zarr", "b.ome.zarr", 1, [30, 200, 300]);
        var options = new SampleOptions { Crop = [12, 12, 12], Reading = ReadingKind.Blocks, CellShare = 0 };
        ImageStore store = Open([pair], options);
        string[] chunks = [.. Directory.GetFiles(Path.Combine(pair.ImagePath, "0", "c"), "*", SearchOption.AllDirectories)];
        Assert.True(chunks.Length > 2, $"{chunks.Length} chunks");
        File.WriteAllBytes(chunks.Order(StringComparer.Ordinal).ElementAt(chunks.Length / 2), [1]);
        int read = 0;
        for (int index = 0; index < 20; index++)
        {
            try
            {
                new SampleSource(store, [pair], options, 1).Get(index);
                read++;
            }
            catch (VolumeFormatException)
            {
                // This one needed it.
            }
        }

        Assert.InRange(read, 1, 19);
    }

    private static IEnumerable<SampleOptions> Settings(int rank)
    {
        int[] crop = [.. new[] { 3, 11, 14, 13 }[(4 - rank)..]];
        var varied = new SampleOptions { Crop = crop, MinimumVoxels = 1, MinimumVisible = 0 };
        yield return varied;
        yield return varied with { Spacing = [0.7], BackgroundLabel = 2 };
        yield return varied.Plain() with { Spacing = [1.7], CellShare = 0, MinimumVoxels = 1 };
    }

    private static void RequireSame(IReadOnlyList<Pair> pairs, SampleOptions options, int samples)
    {
        var whole = new SampleSource(new ImageStore(options), pairs, options, 7);
        options = options with { Reading = ReadingKind.Blocks };
        ImageStore store = Open(pairs, options);
        Assert.Equal(pairs[0].Frames.Count > 0, store.Open(pairs[0]) is ClipSource);
        var blocks = new SampleSource(store, pairs, options, 7);
        for (int index = 0; index < samples; index++)
        {
            var (expected, found) = (whole.Get(index), blocks.Get(index));
            Assert.Equal(expected.Image.Spacing, found.Image.Spacing);
            Assert.Equal(expected.Image.Voxels, found.Image.Voxels);
            Assert.Equal(expected.Labels.Voxels, found.Labels.Voxels);
            Assert.Equal(expected.Cells.Select(Text), found.Cells.Select(Text));
        }

        static string Text(TruthCell cell) => $"{cell.Label} {cell.Class} {string.Join(' ', cell.Box)}";
    }

    private static ImageStore Open(IReadOnlyList<Pair> pairs, SampleOptions options) =>
        ImageStore.Of(pairs, options, null, true, () => { }, _ => { }, TestContext.Current.CancellationToken);

    // Labels on a coarser grid over the same field, and one cell so small that it may be lost.
    private static Pair Write(TemporaryFolder folder, int rank, string imageName, string labelName, int seed, int[]? sizes = null)
    {
        sizes ??= [.. new[] { 4, 27, 34, 41 }[(4 - rank)..]];
        var (image, labels) = Scenes.Balls(seed, sizes);
        labels.Voxels[^1] = 77;
        double[] steps = [.. Enumerable.Repeat(1.0, rank).Select((step, axis) => axis == rank - 1 ? 0.8 : step)];
        // NumPy states no spacing, so that both have to have one size.
        bool isStated = !imageName.EndsWith(".npy", StringComparison.Ordinal) && !labelName.EndsWith(".npy", StringComparison.Ordinal);
        var coarse = new Extent([.. sizes.Select((size, axis) => !isStated || axis < rank - 2 ? size : size - 5)]);
        var spaced = new LabelVolume(labels.Extent, new Spacing(steps), labels.Voxels);
        string path = folder[imageName];
        string labelPath = folder[imageName == labelName ? "l" + labelName : labelName];
        VolumeFile.Write(path, new Volume(image.Extent, new Spacing(steps), image.Voxels), VoxelType.UInt16);
        VolumeFile.Write(labelPath, spaced.Resample(coarse));
        return new Pair("a", path, labelPath, null, Split.Training);
    }
}
