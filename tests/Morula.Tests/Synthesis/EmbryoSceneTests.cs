using Morula.Synthesis;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Synthesis;

public sealed class EmbryoSceneTests
{
    private static readonly EmbryoOptions Flat = new() { Extent = [96, 80], CellCount = 25 };
    private static readonly EmbryoOptions Solid = new() { Extent = [40, 44, 48], CellCount = 20 };
    private static readonly EmbryoOptions Slanted = new() { Extent = [16, 48, 60], SpacingMicrometres = [1.5, 0.5, 0.5], CellCount = 24 };

    public static TheoryData<EmbryoOptions> Kinds => [Flat, Solid, Slanted];

    [Theory, MemberData(nameof(Kinds))]
    public void Labels_are_1_to_n_each_in_one_piece_and_touching(EmbryoOptions options)
    {
        for (int seed = 0; seed < 5; seed++)
        {
            EmbryoScene scene = EmbryoScene.Create(options, new Random(seed));
            Assert.Equal(options.Extent, scene.Labels.Extent.Sizes.ToArray());
            Dictionary<int, int> pieces = Pieces.Count(scene.Labels);
            Assert.Equal(Enumerable.Range(1, options.CellCount), pieces.Keys.Order());
            Assert.All(pieces.Values, count => Assert.Equal(1, count));
            HashSet<(int Low, int High)> contacts = Pieces.Contacts(scene.Labels);
            Assert.All(pieces.Keys, cell => Assert.Contains(contacts, pair => pair.Low == cell || pair.High == cell));
            Assert.True(contacts.Count > 1.5 * options.CellCount, $"{contacts.Count} contacts");
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void One_seed_gives_one_embryo(EmbryoOptions options)
    {
        EmbryoScene first = EmbryoScene.Create(options, new Random(4));
        EmbryoScene again = EmbryoScene.Create(options, new Random(4));
        Assert.Equal(first.Image.Voxels, again.Image.Voxels);
        Assert.Equal(first.Labels.Voxels, again.Labels.Voxels);
        Assert.NotEqual(first.Labels.Voxels, EmbryoScene.Create(options, new Random(5)).Labels.Voxels);
    }

    [Fact]
    public void The_number_of_threads_does_not_matter()
    {
        EmbryoScene alone = EmbryoScene.Create(Solid, new Random(4));
        // Rivals for the thread pool leave each loop a varying number of threads.
        EmbryoScene[] crowded = [.. Enumerable.Range(0, 6).AsParallel().WithDegreeOfParallelism(6).Select(_ => EmbryoScene.Create(Solid, new Random(4)))];
        Assert.All(crowded, scene => Assert.Equal(alone.Image.Voxels, scene.Image.Voxels));
        Assert.All(crowded, scene => Assert.Equal(alone.Labels.Voxels, scene.Labels.Voxels));
    }

    [Fact]
    public void A_gap_separates_the_cells()
    {
        EmbryoScene touching = EmbryoScene.Create(Solid, new Random(1));
        EmbryoScene apart = EmbryoScene.Create(Solid with { GapVoxels = 3 }, new Random(1));
        Assert.Empty(Pieces.Contacts(apart.Labels));
        for (int voxel = 0; voxel < apart.Labels.Voxels.Length; voxel++)
            Assert.True(apart.Labels.Voxels[voxel] == 0 || apart.Labels.Voxels[voxel] == touching.Labels.Voxels[voxel]);
    }

    [Fact]
    public void Membranes_are_brighter_than_cells_and_cells_than_the_outside()
    {
        EmbryoScene scene = EmbryoScene.Create(EmbryoOptions.Easy with { Relaxation = 4 }, new Random(2));
        var (membrane, inside, outside) = Means(scene);
        Assert.True(membrane > 1.7 * inside, $"{membrane} {inside}");
        Assert.True(inside > 1.5 * outside, $"{inside} {outside}");
    }

    [Fact]
    public void A_flat_membrane_crests_at_the_brightness_asked_for()
    {
        EmbryoOptions options = Clean(Solid) with { MissingPatches = 0, CytoplasmBrightness = 0, MembraneBrightness = 0.4, CellCount = 2, Wobble = 0 };
        Volume image = EmbryoScene.Create(options, new Random(3)).Image;
        double crest = image.Voxels.Order().ElementAt((int)(image.Voxels.Length * 0.99));
        Assert.InRange(crest, 0.4 * 255 * 0.8, 0.4 * 255 * 1.2);
    }

    [Fact]
    public void Missing_patches_are_dim_and_the_rest_is_as_before()
    {
        EmbryoScene whole = EmbryoScene.Create(Clean(Solid) with { MissingPatches = 0 }, new Random(6));
        EmbryoScene patchy = EmbryoScene.Create(Clean(Solid) with { MissingPatches = 0.5 }, new Random(6));
        Assert.Equal(whole.Labels.Voxels, patchy.Labels.Voxels);
        int dimmed = 0;
        int same = 0;
        foreach (var (voxel, _, _) in Borders(whole.Labels))
        {
            if (whole.Image.Voxels[voxel] < 50) continue;
            double kept = patchy.Image.Voxels[voxel] / whole.Image.Voxels[voxel];
            if (kept < 0.5) dimmed++;
            if (kept > 0.95) same++;
            Assert.True(kept < 1.05);
        }

        Assert.True(dimmed > 300, $"{dimmed} border voxels dimmed");
        Assert.True(same > 1000, $"{same} border voxels kept");
    }

    [Fact]
    public void Anisotropic_cells_have_fewer_slices_but_the_same_micrometres()
    {
        EmbryoOptions options = new() { Extent = [20, 80, 80], SpacingMicrometres = [2, 0.5, 0.5], CellCount = 30, BlurMicrometres = [0.5, 0.5, 0.5] };
        EmbryoScene scene = EmbryoScene.Create(options, new Random(8));
        double[] voxels = Mean(scene.Labels.Cells().Select(cell => cell.Box.Extent));
        double ratio = voxels[0] * 2 / (0.5 * voxels[1]);
        Assert.InRange(ratio, 0.75, 1.35);
        Assert.Equal(2, scene.Image.Spacing[0]);

        double[] Mean(IEnumerable<Extent> extents) => [.. Enumerable.Range(0, 3).Select(axis => extents.Average(extent => (double)extent[axis]))];
    }

    [Fact]
    public void Light_falls_off_along_the_first_axis()
    {
        EmbryoOptions options = Clean(Solid) with { DepthAttenuation = 0.8 };
        Volume image = EmbryoScene.Create(options, new Random(2)).Image;
        int third = image.Voxels.Length / 3;
        Assert.True(image.Voxels[..third].Sum() > 1.5 * image.Voxels[^third..].Sum());
    }

    [Fact]
    public void Size_variation_is_the_deviation_of_the_radii()
    {
        EmbryoOptions options = Solid with { Extent = [64, 64, 64], CellCount = 60, Reach = 4, SizeVariation = 0.2, Relaxation = 30 };
        double Spread(EmbryoOptions chosen)
        {
            double[] radii = [.. EmbryoScene.Create(chosen, new Random(3)).Labels.Cells().Select(cell => Math.Cbrt(cell.VoxelCount))];
            double mean = radii.Average();
            return Math.Sqrt(radii.Average(radius => (radius - mean) * (radius - mean))) / mean;
        }

        Assert.InRange(Spread(options), 0.14, 0.26);
        Assert.InRange(Spread(options with { SizeVariation = 0 }), 0, 0.07);
    }

    [Fact]
    public void Impossible_options_are_refused()
    {
        Assert.Throws<ArgumentException>(() => EmbryoScene.Create(Solid with { CellCount = 5000 }, new Random(1)));
        Assert.Throws<ArgumentException>(() => EmbryoScene.Create(Solid with { SpacingMicrometres = [1, 1] }, new Random(1)));
        Assert.Throws<ArgumentException>(() => EmbryoScene.Create(Solid with { Extent = [64] }, new Random(1)));
    }

    private static EmbryoOptions Clean(EmbryoOptions options) =>
        options with { Photons = 1e6, CameraNoise = 0, FusionBlurVoxels = 0, LightVariation = 0, DepthAttenuation = 0, FaceVariation = 0 };

    private static IEnumerable<(int Voxel, int Low, int High)> Borders(LabelVolume labels)
    {
        for (int voxel = 0; voxel < labels.Voxels.Length; voxel++)
        {
            foreach (int other in Pieces.Neighbours(labels.Extent, voxel))
            {
                var (low, high) = (labels.Voxels[voxel], labels.Voxels[other]);
                if (low > 0 && high > low) yield return (voxel, low, high);
            }
        }
    }

    private static (double Membrane, double Inside, double Outside) Means(EmbryoScene scene)
    {
        HashSet<int> border = [.. Borders(scene.Labels).Select(item => item.Voxel)];
        var image = scene.Image.Voxels;
        var labels = scene.Labels.Voxels;
        int[] all = [.. Enumerable.Range(0, image.Length)];
        return (border.Average(voxel => image[voxel]),
            all.Where(voxel => labels[voxel] > 0 && !border.Contains(voxel)).Average(voxel => image[voxel]),
            all.Where(voxel => labels[voxel] == 0).Average(voxel => image[voxel]));
    }
}
