using Morula.Formats;
using Morula.Samples;
using Morula.Tests.Formats;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Samples;

public sealed class DataIndexTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<string> said = [];

    public void Dispose() => folder.Dispose();

    [Theory, Ranks]
    public void A_record_is_what_loading_the_pair_tells(int rank)
    {
        Pair pair = Write("a.ome.zarr", rank);
        foreach (double[]? spacing in (double[]?[])[null, [0.6], [1.9]])
        {
            var options = new SampleOptions { Crop = [.. Enumerable.Repeat(8, rank)], Spacing = spacing };
            LoadedPair loaded = new ImageStore(options).Load(pair);
            foreach (long most in (long[])[1, 500, 1 << 22])
            {
                IndexRecord record = PairScan.Of(pair, rank, options, TestContext.Current.CancellationToken, most);
                Assert.Equal(loaded.Image.Extent, record.Working);
                Assert.Equal(loaded.Image.Spacing, record.Spacing);
                Assert.Equal(loaded.Cells, record.Cells);
                Volume raw = VolumeFile.ReadImage(pair.ImagePath, rank: rank).Resample(record.Working);
                Assert.Equal(Percentiles.Of(raw.Voxels, 0.5, 99.8), (record.Scale.Low, record.Scale.High));
                Assert.Equal(loaded.Cells[0].VoxelCount * record.Spacing.VoxelVolume, record.VolumeOf(0));
                int frames = rank > 3 ? record.Working[0] : 1;
                foreach (LabelledCell cell in loaded.Cells)
                {
                    for (int from = 0; from < frames; from++)
                        Assert.Equal(Count(loaded.Labels, cell.Label, from, from + 2), record.Cells.VoxelsOf(cell.Label, from, from + 2));
                }
            }
        }
    }

    [Fact]
    public void What_is_known_is_not_looked_at_again()
    {
        Pair[] pairs = [Write("a.tif", 3), Write("b.tif", 3)];
        string path = folder[".index"];
        DataIndex first = Look(pairs, path);
        Assert.NotEmpty(said);
        said.Clear();
        DataIndex second = Look(pairs, path);
        Assert.Empty(said);
        foreach (Pair pair in pairs)
        {
            Assert.Equal(first.Find(pair)!.Cells, second.Find(pair)!.Cells);
            Assert.Equal(first.Find(pair)! with { Cells = second.Find(pair)!.Cells }, second.Find(pair)!);
        }

        Assert.Contains(".index", folder.Names);
        Assert.DoesNotContain(folder.Names, name => name.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void A_changed_file_is_looked_at_anew_and_alone()
    {
        Pair[] pairs = [Write("a.tif", 3), Write("b.ome.zarr", 3)];
        string path = folder[".index"];
        IndexRecord before = Look(pairs, path).Find(pairs[1])!;
        string chunk = Directory.GetFiles(Path.Combine(pairs[1].ImagePath, "0", "c"), "*", SearchOption.AllDirectories)[0];
        Write("b.ome.zarr", 3, factor: 3);
        Assert.True(File.Exists(chunk));
        said.Clear();
        IndexRecord after = Look(pairs, path).Find(pairs[1])!;
        Assert.Contains(said, line => line.Contains("at 1 images", StringComparison.Ordinal));
        Assert.Equal(3 * before.Scale.High, after.Scale.High, before.Scale.High * 0.01);
        said.Clear();
        File.SetLastWriteTimeUtc(pairs[0].LabelPath, File.GetLastWriteTimeUtc(pairs[0].LabelPath).AddSeconds(2));
        Look(pairs, path);
        Assert.Contains(said, line => line.Contains("at 1 images", StringComparison.Ordinal));
    }

    [Fact]
    public void A_damaged_index_is_made_anew()
    {
        Pair[] pairs = [Write("a.tif", 3)];
        string path = folder[".index"];
        Look(pairs, path);
        byte[] whole = File.ReadAllBytes(path);
        var random = new Random(1);
        for (int draw = 0; draw < 20; draw++)
        {
            byte[] bytes = [.. whole];
            if (draw % 2 == 0) bytes[random.Next(bytes.Length)] ^= 0x10;
            else bytes = bytes[..random.Next(bytes.Length)];
            File.WriteAllBytes(path, bytes);
            said.Clear();
            Assert.NotNull(Look(pairs, path).Find(pairs[0]));
            Assert.Contains(said, line => line.Contains("damaged", StringComparison.Ordinal));
            Assert.Equal(whole, File.ReadAllBytes(path));
        }
    }

    [Fact]
    public void Another_grid_is_kept_beside()
    {
        Pair[] pairs = [Write("a.tif", 3)];
        string path = folder[".index"];
        Extent own = Look(pairs, path).Find(pairs[0])!.Working;
        Assert.NotEqual(own, Look(pairs, path, new SampleOptions { Crop = [8, 8, 8], Spacing = [2] }).Find(pairs[0])!.Working);
        said.Clear();
        Assert.Equal(own, Look(pairs, path).Find(pairs[0])!.Working);
        Assert.Empty(said);
    }

    [Fact]
    public void It_is_kept_beside_the_images()
    {
        Write("a.tif", 3);
        string data = Path.GetDirectoryName(folder["a.tif"])!;
        Assert.Equal(Path.Combine(data, ".morula-index"), DataIndex.PathFor(data, null));
        File.WriteAllText(folder["set.csv"], "image,labels\n");
        Assert.Equal(folder[".set.csv.morula-index"], DataIndex.PathFor(folder["set.csv"], "elsewhere"));
        Assert.Equal(Path.GetFullPath(Path.Combine("run", ".morula-index")), DataIndex.PathFor("/proc", "run"));
        Assert.Null(DataIndex.PathFor("/proc", null));
    }

    [Fact]
    public void Faults_of_files_are_told()
    {
        Pair good = Write("a.tif", 3);
        LabelVolume labels = VolumeFile.ReadLabels(good.LabelPath);
        VolumeFile.Write(folder["none.tif"], new LabelVolume(labels.Extent, labels.Spacing));
        Pair[] pairs = [good, good with { Name = "none", LabelPath = folder["none.tif"] }];
        Assert.Contains("none.tif: holds no cell", Assert.Throws<VolumeFormatException>(() => Look(pairs, null)).Message);
    }

    [Theory, Ranks]
    public void Cells_gone_through_part_by_part_are_those_of_the_whole(int rank)
    {
        var (_, labels) = Scenes.Balls(5, [.. new[] { 3, 9, 14, 17 }[(4 - rank)..]]);
        var random = new Random(2);
        for (int draw = 0; draw < 10; draw++)
        {
            var tally = new LabelTally(rank);
            var tile = new Extent([.. labels.Extent.Sizes.ToArray().Select(size => random.Next(1, size + 1))]);
            foreach (Block block in labels.Extent.Split(tile)) tally.Add(labels.Crop(block), block.Lower);
            Assert.Equal(labels.Cells(), tally.Cells());
        }
    }

    [Theory, Ranks]
    public void Runs_follow_each_other_in_memory(int rank)
    {
        var extent = new Extent([.. new[] { 3, 4, 5, 6 }[(4 - rank)..]]);
        var numbered = new LabelVolume(extent, Spacing.Unit(rank), [.. Enumerable.Range(0, (int)extent.Count)]);
        for (int most = 1; most < extent.Count + 10; most++)
        {
            Block[] runs = [.. extent.Runs(most)];
            Assert.All(runs, run => Assert.InRange(run.Extent.Count, 1, Math.Max(most, extent[rank - 1])));
            Assert.Equal(numbered.Voxels, runs.SelectMany(run => numbered.Crop(run).Voxels));
        }
    }

    [Theory, Ranks]
    public void A_block_of_nearest_voxels_is_cut_from_the_whole(int rank)
    {
        var (_, labels) = Scenes.Balls(6, [.. new[] { 3, 9, 14, 17 }[(4 - rank)..]]);
        var random = new Random(3);
        for (int draw = 0; draw < 40; draw++)
        {
            var to = new Extent([.. labels.Extent.Sizes.ToArray().Select(size => random.Next(1, 2 * size))]);
            int[] lower = [.. to.Sizes.ToArray().Select(size => random.Next(size))];
            var block = new Block(lower, [.. lower.Select((from, axis) => random.Next(from, to[axis]) + 1)]);
            Block source = NearestResampling.SourceOf(labels.Extent, to, block);
            Assert.Equal(labels.Resample(to).Crop(block).Voxels, NearestResampling.Apply(labels.Crop(source).Voxels, labels.Extent, to, block));
        }
    }

    private static long Count(LabelVolume labels, int label, int from, int to)
    {
        int frames = labels.Rank > 3 ? labels.Extent[0] : 1;
        int frame = labels.Voxels.Length / frames;
        return labels.Voxels.Where((voxel, index) => voxel == label && index / frame >= from && index / frame < to).Count();
    }

    private DataIndex Look(IReadOnlyList<Pair> pairs, string? path, SampleOptions? options = null) =>
        DataIndex.Of(pairs, options ?? new SampleOptions { Crop = [8, 8, 8] }, path, said.Add, TestContext.Current.CancellationToken);

    private Pair Write(string name, int rank, int factor = 1)
    {
        var (image, labels) = Scenes.Balls(name[0], [.. new[] { 3, 19, 24, 21 }[(4 - rank)..]]);
        VolumeFile.Write(folder[name], new Volume(image.Extent, image.Spacing, [.. image.Voxels.Select(voxel => factor * voxel)]), VoxelType.UInt16);
        string labelPath = folder[name + ".labels.tif"];
        if (!File.Exists(labelPath)) VolumeFile.Write(labelPath, labels);
        return new Pair(name, folder[name], labelPath, null, Split.Training);
    }
}
