using System.Text.Json.Nodes;
using Morula.Formats;
using Morula.Options;
using Morula.Synthesis;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Synthesis;

public sealed class SyntheticDataSetTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("morula-synthesis").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_toy_set_can_be_extended_and_gives_the_same_images_as_at_once()
    {
        var options = new ToyOptions { Size = 24 };
        string steps = Path.Combine(folder, "steps");
        string once = Path.Combine(folder, "once");
        SyntheticDataSet.WriteToys(steps, options, 2, 5, cancellation: Cancel);
        DateTime before = File.GetLastWriteTimeUtc(Path.Combine(steps, "raw", "00001.tif"));
        SyntheticDataSet.WriteToys(steps, options, 4, 5, cancellation: Cancel);
        SyntheticDataSet.WriteToys(once, options, 4, 5, cancellation: Cancel);
        Assert.Equal(before, File.GetLastWriteTimeUtc(Path.Combine(steps, "raw", "00001.tif")));
        Assert.Equal(4, Directory.GetFiles(Path.Combine(steps, "raw")).Length);
        foreach (string name in new[] { "00000", "00003" })
        {
            Assert.Equal(Read(once, name).Voxels, Read(steps, name).Voxels);
            Assert.Equal(File.ReadAllText(Path.Combine(once, "objects", name + ".csv")), File.ReadAllText(Path.Combine(steps, "objects", name + ".csv")));
        }

        Assert.NotEqual(Read(once, "00000").Voxels, Read(once, "00001").Voxels);

        static Volume Read(string set, string name) => VolumeFile.ReadImage(Path.Combine(set, "raw", name + ".tif"));
    }

    [Fact]
    public void Varied_images_differ_in_size_depend_on_seed_and_number_and_keep_to_the_shapes_given()
    {
        string embryos = Path.Combine(folder, "embryos");
        string again = Path.Combine(folder, "again");
        string tissues = Path.Combine(folder, "tissues");
        SyntheticDataSet.WriteVariedEmbryos(embryos, 3, 5, cancellation: Cancel);
        SyntheticDataSet.WriteVariedEmbryos(again, 1, 5, cancellation: Cancel);
        Assert.Equal(Image(embryos, 0).Voxels, Image(again, 0).Voxels);
        Assert.Equal(3, Enumerable.Range(0, 3).Select(index => Image(embryos, index).Voxels.Length).Distinct().Count());
        SyntheticDataSet.WriteVariedTissues(tissues, new TissueOptions { Labels = Path.Combine(embryos, "labels", "00001.tif") }, 2, 6, cancellation: Cancel);
        Assert.NotEqual(Image(tissues, 0).Spacing[0], Image(tissues, 1).Spacing[0]);
        int cells = VolumeFile.ReadLabels(Path.Combine(embryos, "labels", "00001.tif")).Cells().Count;
        Assert.InRange(VolumeFile.ReadLabels(Path.Combine(tissues, "labels", "00000.tif")).Cells().Count, 1, cells * 2);
        Assert.Throws<OptionsException>(() => SyntheticDataSet.WriteVariedEmbryos(embryos, 3, 6, cancellation: Cancel));

        static Volume Image(string set, int index) => VolumeFile.ReadImage(Path.Combine(set, "raw", $"0000{index}.tif"));
    }

    [Fact]
    public void The_table_of_a_toy_names_every_label_with_its_box()
    {
        SyntheticDataSet.WriteToys(folder, new ToyOptions { Size = 32 }, 1, 1, cancellation: Cancel);
        string[] lines = File.ReadAllLines(Path.Combine(folder, "objects", "00000.csv"));
        Assert.Equal("label,class,intensity,lower_z,lower_y,lower_x,upper_z,upper_y,upper_x,longest_to_middle,longest_to_shortest,middle_to_shortest", lines[0]);
        LabelVolume labels = VolumeFile.ReadLabels(Path.Combine(folder, "labels", "00000.tif"));
        Assert.Equal(
            labels.Cells().Select(cell => $"{cell.Label} {string.Join(' ', cell.Box.Lower.ToArray())} {string.Join(' ', cell.Box.Upper.ToArray())}"),
            lines[1..].Select(line => line.Split(',')).Select(fields => $"{fields[0]} {string.Join(' ', fields[3..9])}"));
    }

    [Fact]
    public void An_embryo_set_keeps_spacing_and_tells_what_made_it()
    {
        var told = new List<int>();
        var options = new EmbryoOptions { Extent = [12, 32, 32], SpacingMicrometres = [1, 0.4, 0.4], CellCount = 6 };
        SyntheticDataSet.WriteEmbryos(folder, options, 2, 3, new Told(told), cancellation: Cancel);
        Assert.Equal([1, 2], told);
        Volume image = VolumeFile.ReadImage(Path.Combine(folder, "raw", "00001.tif"));
        Assert.Equal(new Extent(12, 32, 32), image.Extent);
        Assert.Equal(0.4, image.Spacing[2], 6);
        Assert.Equal(7, File.ReadAllLines(Path.Combine(folder, "objects", "00001.csv")).Length);
        JsonNode record = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "synthesis.json")))!;
        Assert.Equal(3, (int)record["seed"]!);
        Assert.Equal("embryo", (string)record["kind"]!);
        Assert.Equal(6, (int)record["options"]!["CellCount"]!);
    }

    [Fact]
    public void A_folder_of_other_images_is_refused()
    {
        var options = new ToyOptions { Size = 16 };
        SyntheticDataSet.WriteToys(folder, options, 1, 1, cancellation: Cancel);
        Assert.Contains("seed", Assert.Throws<OptionsException>(() => SyntheticDataSet.WriteToys(folder, options, 1, 2, cancellation: Cancel)).Message, StringComparison.Ordinal);
        Assert.Contains("options", Assert.Throws<OptionsException>(() => SyntheticDataSet.WriteToys(folder, options with { Size = 17 }, 1, 1, cancellation: Cancel)).Message, StringComparison.Ordinal);
        Assert.Throws<OptionsException>(() => SyntheticDataSet.WriteEmbryos(folder, EmbryoOptions.Easy, 1, 1, cancellation: Cancel));
    }

    [Fact]
    public void A_movie_has_a_table_of_tracks_that_agrees_with_its_frames()
    {
        var options = new EmbryoMovieOptions { Embryo = new EmbryoOptions { Extent = [24, 28, 32], CellCount = 5 }, Frames = 3, DivisionRate = 0.3 };
        SyntheticDataSet.WriteMovie(folder, options, 4, cancellation: Cancel);
        SyntheticDataSet.WriteMovie(folder, options with { Frames = 5 }, 4, cancellation: Cancel);
        string[] lines = File.ReadAllLines(Path.Combine(folder, "tracks.csv"));
        Assert.Equal("t,label,parent_label,voxels,z,y,x", lines[0]);
        string[][] rows = [.. lines[1..].Select(line => line.Split(','))];
        HashSet<string> seen = ["0"];
        for (int frame = 0; frame < 5; frame++)
        {
            LabelVolume labels = VolumeFile.ReadLabels(Path.Combine(folder, "labels", $"t{frame:000}.tif"));
            string[][] own = [.. rows.Where(row => row[0] == $"{frame}")];
            Assert.Equal(labels.Cells().Select(cell => $"{cell.Label} {cell.VoxelCount}"), own.Select(row => $"{row[1]} {row[3]}"));
            Assert.All(own, row => Assert.Contains(row[2], seen));
            seen.UnionWith(own.Select(row => row[1]));
        }

        Assert.Contains(rows, row => row[2] != "0");
        Assert.Equal(5, File.ReadAllLines(Path.Combine(folder, "tracks.csv")).Select(line => line.Split(',')[0]).Distinct().Count() - 1);
    }

    private sealed class Told(List<int> values) : IProgress<int>
    {
        public void Report(int value) => values.Add(value);
    }
}
