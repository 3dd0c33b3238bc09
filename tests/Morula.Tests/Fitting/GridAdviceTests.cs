using Morula.Proposals;
using Morula.Tests.Formats;
using Xunit;

namespace Morula.Tests.Fitting;

public sealed class GridAdviceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_median_cell_gets_about_twenty_voxels()
    {
        MorulaOptions options = Recommend(MadeData.Nuclei with { Step = [0.25, 0.25, 0.25], Field = [14, 14, 26] });
        Assert.InRange(10 / Assert.Single(options.Samples.Spacing!), 18, 22);
        Assert.Equal([2], options.Model.Backbone.StemStride);
    }

    [Fact]
    public void The_grid_is_no_finer_than_the_finest_axis()
    {
        MorulaOptions options = Recommend(MadeData.Nuclei with { Step = [1.5, 0.9, 0.9] });
        Assert.Equal([0.9], options.Samples.Spacing!);
        Assert.Equal([1], options.Model.Backbone.StemStride);
    }

    [Fact]
    public void Images_that_fit_stay_on_their_own_grid() => Assert.Null(Recommend(MadeData.Nuclei with { Step = [0.5, 0.5, 0.5], Field = [26, 26, 26] }).Samples.Spacing);

    [Fact]
    public void A_coarse_axis_keeps_its_step_and_is_not_strided()
    {
        MorulaOptions options = Recommend(MadeData.Nuclei with { Step = [2.5, 0.4, 0.4] });
        Assert.Equal(2.5, options.Samples.Spacing![0]);
        Assert.InRange(options.Samples.Spacing[1], 0.4, 0.6);
        Assert.Equal([1, 2, 2], options.Model.Backbone.StemStride);
        Assert.Equal([1, 2, 2], options.Model.Backbone.Stages[1].Stride);
        Assert.Equal(AnchorRule.Medoids, options.Model.Proposals.AnchorFit);
    }

    [Fact]
    public void Real_nuclei_without_spacing_keep_their_grid()
    {
        string image = RealData.Require("nuclei", "img3d.tif"), labels = RealData.Require("nuclei", "mask3d.tif");
        Directory.CreateDirectory(folder["nuclei/raw"]);
        Directory.CreateDirectory(folder["nuclei/labels"]);
        File.Copy(image, folder["nuclei/raw/a.tif"]);
        File.Copy(labels, folder["nuclei/labels/a.tif"]);
        MorulaOptions options = Fitted.To(folder["nuclei"]).Options;
        Assert.Null(options.Samples.Spacing);
        Assert.Equal([1, 2, 2], options.Model.Backbone.StemStride);
        Assert.False(options.Inference.Refinement.Enabled);
    }

    [Fact]
    public void The_reference_does_not_pool_small_cells()
    {
        MorulaOptions options = Fitted.To(MadeData.Nuclei.Write(folder["data"]), "reference").Options;
        Assert.Equal([1], options.Model.Backbone.StemStride);
        Assert.Equal([1], options.Model.Backbone.StemPool);
        Assert.Equal(0, options.Samples.NoiseDeviation);
    }

    private MorulaOptions Recommend(MadeData made) => Fitted.To(made.Write(folder["data"])).Options;
}
