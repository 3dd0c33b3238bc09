using Morula.Options;
using Morula.Runs;
using Xunit;

namespace Morula.Tests.Runs;

public sealed class OptionsCheckTests
{
    [Fact]
    public void Every_preset_fits() => Assert.All(Presets.All.Values, preset => Assert.Same(preset, OptionsCheck.Require(preset)));

    [Theory]
    [InlineData("Model.Backbone.Stages[1].Stride", "Model.Backbone.Stages=[{},{\"Stride\":[1,1]}]")]
    [InlineData("Model.Backbone.StemKernel", "Model.Backbone.StemKernel=4")]
    [InlineData("Model.Backbone.TimeKernel", "Model.Backbone.TimeKernel=2")]
    [InlineData("Model.Backbone.Stages[0].Width", "Model.Backbone.Stages=[{\"Width\":30}]", "Model.Backbone.Block=Bottleneck", "Model.Proposals.FirstLevel=0")]
    [InlineData("Model.Classes", "Model.Classes=[]")]
    [InlineData("Model.Classes", "Model.Classes=a,a")]
    [InlineData("Model.Proposals.NegativeOverlap", "Model.Proposals.NegativeOverlap=0.8")]
    [InlineData("Model.Proposals.FirstLevel", "Model.Proposals.FirstLevel=3")]
    [InlineData("Model.Proposals.Anchors", "Model.Proposals.Anchors=[[[8]],[[8],[9]]]")]
    [InlineData("Model.Proposals.Anchors", "Model.Proposals.Anchors=[[[8,9]]]")]
    [InlineData("Samples.Spacing", "Samples.Spacing=1,1")]
    [InlineData("Samples.HighPercentile", "Samples.HighPercentile=0.5", "Samples.LowPercentile=0.5")]
    [InlineData("Samples.Crop", "Samples.Crop=64,64")]
    [InlineData("Samples.Crop", "Samples.Crop=7")]
    [InlineData("Inference.Tile", "Inference.Tile=64")]
    [InlineData("Inference.Halo", "Inference.Halo=8,8")]
    [InlineData("Inference.Halo", "Inference.Halo=32,8,8", "Inference.Tile=64,64,64")]
    public void What_does_not_fit_is_named(string option, params string[] set)
    {
        MorulaOptions options = OptionsFile.Override(Presets.Lean, set);
        Assert.Contains(option, Assert.Throws<OptionsException>(() => OptionsCheck.Require(options)).Message);
    }

    [Theory]
    [InlineData("Model.Rank=2", "Samples.Crop=64,64", "Model.Backbone.StemStride=2,1")]
    [InlineData("Model.Rank=4", "Samples.Crop=4,64,64,64", "Model.Backbone.StemStride=1,2,2", "Samples.Spacing=60,1,1,1")]
    [InlineData("Samples.Crop=8")]
    [InlineData("Inference.Tile=64,64,64", "Inference.Halo=31,8,8")]
    public void What_fits_is_let_through(params string[] set) => OptionsCheck.Require(OptionsFile.Override(Presets.Lean, set));
}
