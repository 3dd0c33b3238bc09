using Morula.Samples;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Samples;

public sealed class RealSamplesTests
{
    [Fact]
    public void Membranes_are_bright_between_the_labels_and_dark_inside()
    {
        var options = new SampleOptions { Spacing = [0.45] };
        LoadedPair loaded = new ImageStore(options).Load(Frame("t045"));
        Assert.Equal(loaded.Image.Extent, loaded.Labels.Extent);
        Assert.Equal([67, 102, 142], loaded.Image.Extent.Sizes.ToArray());
        Assert.Equal(28, loaded.Cells.Count);
        var (gaps, inside) = MeanInGapsAndInside(loaded.Image, loaded.Labels);
        Assert.True(gaps > inside + 0.2, $"gaps {gaps}, inside {inside}");
    }

    [Fact]
    public void They_still_are_after_every_variation_of_shape()
    {
        var options = new SampleOptions { Spacing = [0.45], Crop = [48, 64, 64] };
        var source = new SampleSource(new ImageStore(options), [Frame("t045")], options with { BrightnessField = 0, NoiseDeviation = 0 }, 1);
        for (int index = 0; index < 4; index++)
        {
            Sample sample = source.Get(index);
            var (gaps, inside) = MeanInGapsAndInside(sample.Image, sample.Labels);
                Assert.True(gaps > inside + 0.1, $"sample {index}: gaps {gaps}, inside {inside}");
        }
    }

    [Fact]
    public void The_suggested_split_is_one_range_and_the_rest()
    {
        DataSet data = Embryo().Select(training: ["t024..t045"], validation: ["t046..t053", "t0?5", "t010"], exclude: ["t025", "t035", "t045"]);
        Assert.Equal(19, data.Of(Split.Training).Count);
        Assert.Equal(["t005", "t010", "t015", .. Enumerable.Range(46, 8).Select(frame => $"t{frame:000}")], data.Of(Split.Validation).Select(pair => pair.Name));
    }

    private static DataSet Embryo()
    {
        string image = RealData.Require("celegans", "raw", "t045.tif");
        return DataSet.Open(Path.GetDirectoryName(Path.GetDirectoryName(image))!);
    }

    private static Pair Frame(string name) => Assert.Single(Embryo().Pairs, pair => pair.Name == name);

    // A gap is an unlabelled voxel that has two cells within two voxels; inside is what has one cell only around it.
    private static (double Gaps, double Inside) MeanInGapsAndInside(Volume image, LabelVolume labels)
    {
        int[] near = [.. Offsets(labels.Extent)];
        var sums = new double[2];
        var counts = new int[2];
        for (int index = 0; index < labels.Voxels.Length; index += 5)
        {
            int[] place = Scenes.Place(labels.Extent, index);
            if (place.Zip(labels.Extent.Sizes.ToArray(), (at, size) => Math.Min(at, size - 1 - at)).Min() < 2) continue;
            int[] around = [.. near.Select(offset => labels.Voxels[index + offset]).Distinct()];
            int cells = around.Count(label => label != 0);
            int kind = labels.Voxels[index] == 0 && cells >= 2 ? 0 : around.Length == 1 && cells == 1 ? 1 : -1;
            if (kind < 0) continue;
            sums[kind] += image.Voxels[index];
            counts[kind]++;
        }

        return (sums[0] / counts[0], sums[1] / counts[1]);
    }

    private static IEnumerable<int> Offsets(Extent extent)
    {
        long[] strides = extent.Strides();
        for (int z = -2; z <= 2; z++)
            for (int y = -2; y <= 2; y++)
                for (int x = -2; x <= 2; x++)
                    if ((z * z) + (y * y) + (x * x) <= 4) yield return (int)((z * strides[0]) + (y * strides[1]) + x);
    }
}
