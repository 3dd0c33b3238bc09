using Morula.Formats;
using Morula.Samples;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Samples;

public sealed class FilesToSamplesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("morula-samples").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_folder_of_files_becomes_samples_with_classes()
    {
        var labels = new LabelVolume(new Extent(10, 20, 20), new Spacing(1, 0.5, 0.5));
        Scenes.Paint(labels, [5, 3, 3], 2.5, 4);
        Scenes.Paint(labels, [5, 7, 7], 2.5, 9);
        Save("a", labels, new Extent(20, 20, 20));
        Directory.CreateDirectory(Path.Combine(folder, "objects"));
        File.WriteAllText(Path.Combine(folder, "objects", "a.csv"), "label,class\n9,3\n");

        var options = new SampleOptions { Crop = [20, 20, 20], Spacing = [0.5] }.Plain();
        var source = new SampleSource(new ImageStore(options), DataSet.Open(folder).Pairs, options, 1);
        Sample sample = source.Get(0);
        Assert.Equal([(4, 1), (9, 3)], sample.Cells.Select(cell => (cell.Label, cell.Class)));
        Assert.Equal(new Spacing(0.5, 0.5, 0.5), sample.Image.Spacing);
        for (int index = 0; index < sample.Labels.Voxels.Length; index++)
            if (sample.Image.Voxels[index] > 0.99) Assert.Equal(9, sample.Labels.Voxels[index]);
    }

    [Fact]
    public void One_slice_is_rank_two_or_three_as_the_crop_says()
    {
        var labels = new LabelVolume(new Extent(1, 20, 20), new Spacing(1, 0.5, 0.5));
        Scenes.Paint(labels, [0.5, 5, 5], 4, 1);
        Save("a", labels, labels.Extent);
        Assert.Equal(2, Rank([16]));
        Assert.Equal(2, Rank([16, 16]));
        Assert.Equal(3, Rank([1, 16, 16]));

        int Rank(int[] crop)
        {
            var options = new SampleOptions { Crop = crop };
            Sample sample = new SampleSource(new ImageStore(options), DataSet.Open(folder).Pairs, options, 1).Get(0);
            Assert.Single(sample.Cells);
            return sample.Image.Rank;
        }
    }

    private void Save(string name, LabelVolume labels, Extent imageExtent)
    {
        foreach (string part in new[] { "raw", "labels" }) Directory.CreateDirectory(Path.Combine(folder, part));
        var image = new Volume(labels.Extent, labels.Spacing, [.. labels.Voxels.Select(label => label * 20f)]);
        VolumeFile.Write(Path.Combine(folder, "raw", name + ".tif"), image.Resample(imageExtent));
        VolumeFile.Write(Path.Combine(folder, "labels", name + ".tif"), labels);
    }
}
