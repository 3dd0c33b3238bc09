using Morula.Backbone;
using Morula.Fitting;
using Morula.Runs;
using Morula.Tests.Formats;
using Morula.Tests.Options;
using Xunit;

namespace Morula.Tests.Fitting;

public sealed class RecommendationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory, Ranks]
    public void What_is_written_is_read_and_fits_at_every_rank(int rank)
    {
        double[] field = [.. Enumerable.Repeat(40.0, Math.Min(rank, 3))];
        MadeData made = MadeData.Nuclei with { Field = field, Step = [.. field.Select(_ => 0.8)], Frames = rank > 3 ? 3 : 0 };
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
        string data = (MadeData.Nuclei with { Field = field, Step = [.. field.Select(_ => 1.0)], Frames = rank > 3 ? 2 : 0, Images = 3 }).Write(folder["data"]);
        Assert.Equal(Fitted.To(data, images: 2).ToFile(), Fitted.To(data, images: 2).ToFile());
    }

    [Fact]
    public void Bright_objects_are_not_fitted_to_membranes_and_bright_borders_are()
    {
        Assert.False(Recommend(MadeData.Nuclei).Options.Inference.Refinement.Enabled);
        MorulaOptions membranes = Recommend(MadeData.Nuclei with { Brightness = (180, 60, 20) }, "membranes").Options;
        Assert.True(membranes.Inference.Refinement.Enabled);
        Assert.Equal(0.2, membranes.Inference.Refinement.GapMicrometres);
        Assert.Equal(0.4, membranes.Inference.Refinement.SmoothingMicrometres);
    }

    [Fact]
    public void Cells_of_another_size_scale_the_lengths_of_the_refinement()
    {
        MorulaOptions large = Recommend(MadeData.Nuclei with { Field = [200, 200, 200], Step = [4, 4, 4], Radius = 25, Brightness = (60, 60, 180) }).Options;
        Assert.False(large.Inference.Refinement.Enabled);
        MadeData walls = MadeData.Nuclei with { Field = [8, 8, 8], Step = [0.16, 0.16, 0.16], Radius = 1, Brightness = (180, 60, 20) };
        Assert.InRange(Recommend(walls, "walls").Options.Inference.Refinement.SmoothingMicrometres, 0.05, 0.15);
    }

    [Fact]
    public void A_background_with_a_label_is_no_cell()
    {
        Recommendation found = Recommend(MadeData.Nuclei with { BackgroundLabel = 1 });
        Assert.Equal(1, found.Options.Samples.BackgroundLabel);
        DeepEquality.AssertSame(Recommend(MadeData.Nuclei, "plain").Options with { Samples = found.Options.Samples }, found.Options);
    }

    [Fact]
    public void Classes_come_from_the_tables_of_objects()
    {
        Assert.Equal(["class1", "class2", "class3"], Recommend(MadeData.Nuclei with { Classes = 3 }).Options.Model.Classes);
        Assert.Equal(["ellipsoid", "cuboid", "pyramid"], Fitted.To(folder["data"], "reference").Options.Model.Classes);
        Assert.Equal(["cell"], Recommend(MadeData.Nuclei with { Classes = 1 }, "one").Options.Model.Classes);
    }

    [Fact]
    public void Counts_follow_the_cells_of_a_sample()
    {
        MorulaOptions few = Recommend(MadeData.Nuclei).Options, many = Recommend(MadeData.Nuclei with { Field = [64, 64, 64] }, "many").Options;
        Assert.Equal((150, 100), (few.Model.Proposals.ProposalCount, few.Model.Regions.DetectionCount));
        // More cells in a larger image are no more in a sample of it.
        Assert.Equal((150, 100), (many.Model.Proposals.ProposalCount, many.Model.Regions.DetectionCount));
    }

    [Fact]
    public void One_image_holds_nothing_out()
    {
        Assert.Equal(0, Recommend(MadeData.Nuclei with { Images = 1 }).Options.Samples.ValidationShare);
        Assert.Equal(0.2, Recommend(MadeData.Nuclei with { Images = 4 }, "four").Options.Samples.ValidationShare);
    }

    [Fact]
    public void The_reference_gets_anchors_of_its_own()
    {
        MorulaOptions options = Fitted.To(MadeData.Nuclei.Write(folder["data"]), "reference").Options;
        Assert.Empty(options.Model.Proposals.Anchors);
        Assert.Equal("reference", options.Preset);
    }

    private Recommendation Recommend(MadeData made, string name = "data") => Fitted.To(made.Write(folder[name]));
}
