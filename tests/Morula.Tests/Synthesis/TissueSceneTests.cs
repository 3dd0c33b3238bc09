using Morula.Options;
using Morula.Runs;
using Morula.Synthesis;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Synthesis;

public sealed class TissueSceneTests
{
    private static readonly LabelVolume Shapes = EmbryoScene.Create(new EmbryoOptions { Extent = [40, 44, 48], CellCount = 12 }, new Random(7)).Labels;
    private static readonly TissueOptions Plain = new() { Variation = 0, Optics = new EmbryoOptions { Extent = [36, 40, 44], SpacingMicrometres = [1, 0.5, 0.5], BlurMicrometres = [0, 0, 0] } };

    [Theory, InlineData(0.5), InlineData(1.0), InlineData(2.0)]
    public void Cells_are_those_of_the_shapes_each_in_one_piece(double magnification)
    {
        for (int seed = 0; seed < 4; seed++)
        {
            var (image, labels) = TissueScene.Create(Shapes, Plain with { Magnification = magnification, Variation = 0.2 }, new Random(seed));
            Assert.Equal(Plain.Optics.Extent, image.Extent.Sizes.ToArray());
            Dictionary<int, int> pieces = Pieces.Count(labels);
            Assert.NotEmpty(pieces);
            Assert.All(pieces, piece => Assert.Equal(1, piece.Value));
            Assert.Subset(Shapes.Cells().Select(cell => cell.Label).ToHashSet(), pieces.Keys.ToHashSet());
        }
    }

    [Theory, InlineData(0.5), InlineData(0.8)]
    public void Magnification_is_in_voxels_of_the_finest_axis(double magnification)
    {
        // The field holds all of the shapes, however they are turned.
        TissueOptions options = Plain with { Magnification = magnification, Optics = Plain.Optics with { Extent = [96, 160, 160], SpacingMicrometres = [1, 0.5, 0.5] } };
        var (_, labels) = TissueScene.Create(Shapes, options, new Random(1));
        double expected = Shapes.Voxels.Count(label => label > 0) * Math.Pow(magnification, 3) / 2;
        Assert.InRange(labels.Voxels.Count(label => label > 0), 0.97 * expected, 1.03 * expected);
    }

    [Fact]
    public void One_seed_gives_one_image()
    {
        TissueOptions options = Plain with { Optics = EmbryoOptions.Hard with { Extent = [30, 40, 40] } };
        var first = TissueScene.Create(Shapes, options, new Random(3));
        var again = TissueScene.Create(Shapes, options, new Random(3));
        Assert.Equal(first.Image.Voxels, again.Image.Voxels);
        Assert.Equal(first.Labels.Voxels, again.Labels.Voxels);
        Assert.NotEqual(first.Labels.Voxels, TissueScene.Create(Shapes, options, new Random(4)).Labels.Voxels);
    }

    [Fact]
    public void Membranes_lie_where_labels_meet_and_crest_at_the_brightness_asked_for()
    {
        EmbryoOptions optics = Plain.Optics with
        {
            MissingPatches = 0, FaceVariation = 0, CytoplasmBrightness = 0, BackgroundBrightness = 0, DepthAttenuation = 0, LightVariation = 0,
            Photons = 1e6, CameraNoise = 0, FusionBlurVoxels = 0, MembraneBrightness = 0.4,
        };
        var (image, labels) = TissueScene.Create(Shapes, Plain with { Optics = optics }, new Random(2));
        long[] strides = labels.Extent.Strides();
        for (int voxel = 0; voxel < labels.Voxels.Length; voxel++)
        {
            bool meets = Enumerable.Range(0, 3).Any(axis =>
                voxel / strides[axis] % labels.Extent[axis] < labels.Extent[axis] - 1 && labels.Voxels[voxel + strides[axis]] != labels.Voxels[voxel]);
            Assert.InRange(image.Voxels[voxel], meets ? 0.4 * 255 - 2 : 0, meets ? 0.4 * 255 + 2 : 0);
        }
    }

    [Fact]
    public void Faces_that_miss_a_patch_are_dim_there_alone()
    {
        EmbryoOptions optics = Plain.Optics with { FaceVariation = 0, Photons = 1e6, CameraNoise = 0, DepthAttenuation = 0, LightVariation = 0, FusionBlurVoxels = 0 };
        var whole = TissueScene.Create(Shapes, Plain with { Optics = optics with { MissingPatches = 0 } }, new Random(2));
        var patchy = TissueScene.Create(Shapes, Plain with { Optics = optics with { MissingPatches = 1 } }, new Random(2));
        Assert.Equal(whole.Labels.Voxels, patchy.Labels.Voxels);
        int[] sheet = [.. Enumerable.Range(0, whole.Image.Voxels.Length).Where(voxel => whole.Image.Voxels[voxel] > 60)];
        double missing = sheet.Count(voxel => patchy.Image.Voxels[voxel] < 0.5 * whole.Image.Voxels[voxel]) / (double)sheet.Length;
        Assert.InRange(missing, 0.1, 0.6);
    }

    [Fact]
    public void Stripes_darken_rows_along_the_last_axis()
    {
        EmbryoOptions plain = EmbryoOptions.Easy with { Extent = [24, 48, 40], Photons = 1e6, CameraNoise = 0, FusionBlurVoxels = 0 };
        float[] even = EmbryoScene.Create(plain, new Random(5)).Image.Voxels, striped = EmbryoScene.Create(plain with { StripeDepth = 0.6 }, new Random(5)).Image.Voxels;
        double[] kept = [.. Enumerable.Range(0, 24 * 48).Select(row => Ratio(even.AsSpan(row * 40, 40), striped.AsSpan(row * 40, 40)))];
        // Whole grey values say little of rows outside the embryo.
        double[] bright = [.. Enumerable.Range(0, kept.Length).Where(row => Mean(even.AsSpan(row * 40, 40)) > 15).Select(row => kept[row])];
        Assert.InRange(bright.Min(), 0.38, 0.6);
        Assert.InRange(bright.Count(ratio => ratio < 0.95) / (double)bright.Length, 0.15, 0.7);
        for (int voxel = 0; voxel < even.Length; voxel++) Assert.InRange(striped[voxel], (kept[voxel / 40] * even[voxel]) - 3, (kept[voxel / 40] * even[voxel]) + 3);
    }

    [Fact]
    public void A_label_image_must_be_named_and_hold_cells()
    {
        Assert.Contains("Labels", Assert.Throws<OptionsException>(() => SynthesisCheck.Require(new TissueOptions())).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => TissueScene.Create(new LabelVolume(Extent.Cube(3, 8), Spacing.Unit(3)), Plain, new Random(1)));
    }

    private static double Mean(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values) sum += value;
        return sum / values.Length;
    }

    private static double Ratio(ReadOnlySpan<float> even, ReadOnlySpan<float> striped)
    {
        double sum = Mean(even);
        return sum > 0 ? Mean(striped) / sum : 1;
    }
}
