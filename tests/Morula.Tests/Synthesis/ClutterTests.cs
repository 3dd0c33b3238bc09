using Morula.Options;
using Morula.Synthesis;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Synthesis;

public sealed class ClutterTests
{
    // Without noise or uneven light, so that what is added can be told.
    private static readonly EmbryoOptions Clean = new()
    {
        Extent = [44, 44, 48], CellCount = 20, Photons = 1e6, CameraNoise = 0, FusionBlurVoxels = 0, LightVariation = 0, DepthAttenuation = 0, FaceVariation = 0, MissingPatches = 0,
        BackgroundBrightness = 0.02, Fill = 0.7,
    };

    private static readonly EmbryoScene Plain = EmbryoScene.Create(Clean, new Random(3));

    [Fact]
    public void Grain_changes_the_inside_of_cells_and_leaves_their_mean()
    {
        EmbryoScene grained = EmbryoScene.Create(Clean with { CytoplasmGrain = 0.5 }, new Random(3));
        Assert.Equal(Plain.Labels.Voxels, grained.Labels.Voxels);
        double[] inside = [.. Values(grained, label => label > 0)];
        Assert.InRange(inside.Average() / Values(Plain, label => label > 0).Average(), 0.95, 1.05);
        Assert.True(Differences(grained, label => label > 0).Max() > 4);
        Assert.True(Differences(grained, label => label > 0).Average() > 5 * Differences(grained, label => label == 0).Average());
    }

    [Fact]
    public void Dots_are_bright_few_and_change_no_label()
    {
        EmbryoScene dotted = EmbryoScene.Create(Clean with { SpotsPerCell = 1, SpotBrightness = 5 }, new Random(3));
        Assert.Equal(Plain.Labels.Voxels, dotted.Labels.Voxels);
        double[] differences = [.. Differences(dotted, _ => true)];
        Assert.True(differences.Max() > 40, $"{differences.Max()}");
        Assert.InRange(differences.Count(difference => difference > 20) / (double)differences.Length, 0.0005, 0.03);
    }

    [Fact]
    public void A_cavity_is_dark_and_has_no_label_and_no_membranes_inside()
    {
        EmbryoScene hollow = EmbryoScene.Create(Clean with { CavityShare = 0.25 }, new Random(3));
        Dictionary<int, int> pieces = Pieces.Count(hollow.Labels);
        Assert.Equal(Enumerable.Range(1, 15), pieces.Keys.Order());
        Assert.All(pieces.Values, count => Assert.Equal(1, count));
        int[] emptied = [.. Enumerable.Range(0, Plain.Labels.Voxels.Length).Where(voxel => Plain.Labels.Voxels[voxel] > 0 && hollow.Labels.Voxels[voxel] == 0)];
        int cells = Plain.Labels.Voxels.Count(label => label > 0);
        Assert.InRange(emptied.Length / (double)cells, 0.15, 0.35);
        // Half of it lies away from the faces around it, and is as dark as the outside.
        float[] sorted = [.. emptied.Select(voxel => hollow.Image.Voxels[voxel]).Order()];
        Assert.InRange(sorted[sorted.Length / 3], 0, (0.02f * 255) + 3);
        Assert.DoesNotContain(Enumerable.Range(0, Plain.Labels.Voxels.Length), voxel => hollow.Labels.Voxels[voxel] > 0 && Plain.Labels.Voxels[voxel] == 0);
    }

    [Fact]
    public void An_envelope_shines_around_the_embryo_and_belongs_to_no_cell()
    {
        EmbryoScene enveloped = EmbryoScene.Create(Clean with { EnvelopeBrightness = 0.4, EnvelopeMicrometres = 2 }, new Random(3));
        Assert.Equal(Plain.Labels.Voxels, enveloped.Labels.Voxels);
        Assert.True(Differences(enveloped, label => label == 0).Max() > 0.25 * 255);
        Assert.InRange(Differences(enveloped, label => label > 0).Max(), 0, 20);
    }

    [Fact]
    public void An_envelope_shines_where_no_membrane_does()
    {
        EmbryoScene alone = EmbryoScene.Create(Clean with { MembraneBrightness = 0, EnvelopeBrightness = 0.4, EnvelopeMicrometres = 2 }, new Random(3));
        Assert.InRange(Values(alone, label => label == 0).Max(), 0.25 * 255, 0.6 * 255);
        Assert.InRange(Values(alone, label => label > 0).Average(), 10, 20);
    }

    [Fact]
    public void Haze_brightens_what_is_near()
    {
        EmbryoScene hazy = EmbryoScene.Create(Clean with { Haze = 0.5 }, new Random(3));
        Assert.Equal(Plain.Labels.Voxels, hazy.Labels.Voxels);
        Assert.True(Values(hazy, label => label == 0).Average() > Values(Plain, label => label == 0).Average() + 3);
        Assert.True(Values(hazy, label => label > 0).Average() > Values(Plain, label => label > 0).Average() + 10);
    }

    [Fact]
    public void Every_image_that_varies_has_its_own_look_and_fits()
    {
        EmbryoOptions[] drawn = [.. Enumerable.Range(0, 200).Select(seed => Variety.Draw(new Random(seed)))];
        Assert.Equal(200, drawn.Select(options => options.CameraNoise).Distinct().Count());
        Assert.All(drawn, options => Assert.InRange(new EmbryoField(options).LargestCellCount, options.CellCount, int.MaxValue));
        // The file is read back, and every number checked against its range.
        Assert.All(drawn, options => Assert.Equal(options.Photons, OptionsFile.Parse<EmbryoOptions>(OptionsFile.Write(options), "drawn", []).Photons));
        Assert.Contains(drawn, options => options.CavityShare > 0);
        Assert.Contains(drawn, options => options.CavityShare == 0);
        Assert.InRange(drawn.Count(options => options.CellCount <= 12), 50, 120);
        Assert.Contains(drawn, options => options.CellCount <= 4 && options.Extent[1] < 50);
        Assert.Contains(drawn, options => options.SpacingMicrometres[0] > 2 * options.SpacingMicrometres[1]);
        Assert.Equal(drawn[5].CameraNoise, Variety.Draw(new Random(5)).CameraNoise);
    }

    private static IEnumerable<double> Values(EmbryoScene scene, Func<int, bool> isChosen) =>
        Enumerable.Range(0, scene.Image.Voxels.Length).Where(voxel => isChosen(scene.Labels.Voxels[voxel])).Select(voxel => (double)scene.Image.Voxels[voxel]);

    private static IEnumerable<double> Differences(EmbryoScene scene, Func<int, bool> isChosen) =>
        Enumerable.Range(0, scene.Image.Voxels.Length).Where(voxel => isChosen(Plain.Labels.Voxels[voxel])).Select(voxel => Math.Abs((double)scene.Image.Voxels[voxel] - Plain.Image.Voxels[voxel]));
}
