using Morula.Backbone;
using Morula.Fitting;
using Morula.Proposals;
using Morula.Runs;
using Morula.Tests.Formats;
using Morula.Tests.Options;
using Xunit;

namespace Morula.Tests.Fitting;

public sealed class RecommendationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static MadeData Nuclei { get; } = new() { Field = [40, 40, 40], Step = [0.9, 0.9, 0.9] };

    public void Dispose() => folder.Dispose();

    [Theory, Ranks]
    public void What_is_written_is_read_and_fits_at_every_rank(int rank)
    {
        double[] field = [.. Enumerable.Repeat(40.0, Math.Min(rank, 3))];
        MadeData made = Nuclei with { Field = field, Step = [.. field.Select(_ => 0.8)], Frames = rank > 3 ? 3 : 0 };
        Recommendation found = Recommend(made);
        Assert.Equal(rank, found.Options.Model.Rank);
        string file = folder["my.json"];
        File.WriteAllText(file, found.ToFile());
        MorulaOptions read = MorulaOptions.Read(file, []);
        DeepEquality.AssertSame(found.Options, read);
        OptionsCheck.Require(read);
        Assert.Contains("// ", found.ToFile());
        int[] crop = read.Samples.CropAt(rank), stride = PyramidStrides.Of(rank, read.Model.Backbone)[^1];
        for (int axis = 0; axis < rank; axis++)
        {
            Assert.Equal(0, crop[axis] % stride[axis]);
            Assert.InRange(crop[axis], 1, axis == 0 && rank > 3 ? 3 : 80);
        }
    }

    [Theory, Ranks]
    public void The_same_seed_gives_the_same_advice(int rank)
    {
        double[] field = [.. Enumerable.Repeat(30.0, Math.Min(rank, 3))];
        string data = (Nuclei with { Field = field, Step = [.. field.Select(_ => 1.0)], Frames = rank > 3 ? 2 : 0, Images = 3 }).Write(folder["data"]);
        Assert.Equal(Fit(data, images: 2).ToFile(), Fit(data, images: 2).ToFile());
    }

    [Fact]
    public void A_median_cell_gets_about_twenty_voxels()
    {
        MorulaOptions options = Recommend(Nuclei with { Step = [0.25, 0.25, 0.25], Field = [14, 14, 26] }).Options;
        Assert.InRange(10 / Assert.Single(options.Samples.Spacing!), 18, 22);
        Assert.Equal([2], options.Model.Backbone.StemStride);
    }

    [Fact]
    public void The_grid_is_no_finer_than_the_finest_axis()
    {
        MorulaOptions options = Recommend(Nuclei with { Step = [1.5, 0.9, 0.9] }).Options;
        Assert.Equal([0.9], options.Samples.Spacing!);
        Assert.Equal([1], options.Model.Backbone.StemStride);
    }

    [Fact]
    public void Images_that_fit_stay_on_their_own_grid() => Assert.Null(Recommend(Nuclei with { Step = [0.5, 0.5, 0.5], Field = [26, 26, 26] }).Options.Samples.Spacing);

    [Fact]
    public void A_coarse_axis_keeps_its_step_and_is_not_strided()
    {
        MorulaOptions options = Recommend(Nuclei with { Step = [2.5, 0.4, 0.4] }).Options;
        Assert.Equal(2.5, options.Samples.Spacing![0]);
        Assert.InRange(options.Samples.Spacing[1], 0.4, 0.6);
        Assert.Equal([1, 2, 2], options.Model.Backbone.StemStride);
        Assert.Equal([1, 2, 2], options.Model.Backbone.Stages[1].Stride);
        Assert.Equal(AnchorRule.Medoids, options.Model.Proposals.AnchorFit);
    }

    [Fact]
    public void Bright_objects_are_not_fitted_to_membranes_and_bright_borders_are()
    {
        Assert.False(Recommend(Nuclei).Options.Inference.Refinement.Enabled);
        MorulaOptions membranes = Recommend(Nuclei with { Brightness = (180, 60, 20) }, "membranes").Options;
        Assert.True(membranes.Inference.Refinement.Enabled);
        Assert.Equal(0.2, membranes.Inference.Refinement.GapMicrometres);
        Assert.Equal(0.4, membranes.Inference.Refinement.SmoothingMicrometres);
    }

    [Fact]
    public void Cells_of_another_size_scale_the_lengths_of_the_refinement()
    {
        MorulaOptions large = Recommend(Nuclei with { Field = [200, 200, 200], Step = [4, 4, 4], Radius = 25, Brightness = (60, 60, 180) }).Options;
        Assert.False(large.Inference.Refinement.Enabled);
        MadeData walls = Nuclei with { Field = [8, 8, 8], Step = [0.16, 0.16, 0.16], Radius = 1, Brightness = (180, 60, 20) };
        Assert.InRange(Recommend(walls, "walls").Options.Inference.Refinement.SmoothingMicrometres, 0.05, 0.15);
    }

    [Fact]
    public void A_background_with_a_label_is_no_cell()
    {
        Recommendation found = Recommend(Nuclei with { BackgroundLabel = 1 });
        Assert.Equal(1, found.Options.Samples.BackgroundLabel);
        DeepEquality.AssertSame(Recommend(Nuclei, "plain").Options with { Samples = found.Options.Samples }, found.Options);
    }

    [Fact]
    public void Classes_come_from_the_tables_of_objects()
    {
        Assert.Equal(["class1", "class2", "class3"], Recommend(Nuclei with { Classes = 3 }).Options.Model.Classes);
        Assert.Equal(["ellipsoid", "cuboid", "pyramid"], Fit(folder["data"], "reference").Options.Model.Classes);
        Assert.Equal(["cell"], Recommend(Nuclei with { Classes = 1 }, "one").Options.Model.Classes);
    }

    [Fact]
    public void Counts_follow_the_cells_of_an_image()
    {
        MorulaOptions few = Recommend(Nuclei).Options, many = Recommend(Nuclei with { Field = [64, 64, 64] }, "many").Options;
        Assert.Equal((150, 100), (few.Model.Proposals.ProposalCount, few.Model.Regions.DetectionCount));
        Assert.Equal((500, 250), (many.Model.Proposals.ProposalCount, many.Model.Regions.DetectionCount));
    }

    [Fact]
    public void One_image_holds_nothing_out()
    {
        Assert.Equal(0, Recommend(Nuclei with { Images = 1 }).Options.Samples.ValidationShare);
        Assert.Equal(0.2, Recommend(Nuclei with { Images = 4 }, "four").Options.Samples.ValidationShare);
    }

    [Fact]
    public void The_reference_gets_anchors_of_its_own()
    {
        MorulaOptions options = Fit(Nuclei.Write(folder["data"]), "reference").Options;
        Assert.Empty(options.Model.Proposals.Anchors);
        Assert.Equal("reference", options.Preset);
    }

    [Fact]
    public void Real_nuclei_without_spacing_keep_their_grid()
    {
        string image = RealData.Require("nuclei", "img3d.tif"), labels = RealData.Require("nuclei", "mask3d.tif");
        Directory.CreateDirectory(folder["nuclei/raw"]);
        Directory.CreateDirectory(folder["nuclei/labels"]);
        File.Copy(image, folder["nuclei/raw/a.tif"]);
        File.Copy(labels, folder["nuclei/labels/a.tif"]);
        MorulaOptions options = Fit(folder["nuclei"]).Options;
        Assert.Null(options.Samples.Spacing);
        Assert.Equal([1, 2, 2], options.Model.Backbone.StemStride);
        Assert.False(options.Inference.Refinement.Enabled);
    }

    private Recommendation Recommend(MadeData made, string name = "data") => Fit(made.Write(folder[name]));

    private static Recommendation Fit(string data, string preset = "lean", int images = FittingRun.MostImages) =>
        FittingRun.Recommend(data, preset, images, seed: 5, cancellation: TestContext.Current.CancellationToken);
}
