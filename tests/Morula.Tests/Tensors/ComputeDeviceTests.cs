using Morula.Options;
using Morula.Runs;
using Morula.Tensors;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Tensors;

public sealed class ComputeDeviceTests
{
    [Theory]
    [InlineData("auto", true)]
    [InlineData("cpu", true)]
    [InlineData("cuda", true)]
    [InlineData("cuda:3", true)]
    [InlineData("cuda:", false)]
    [InlineData("cuda:-1", false)]
    [InlineData("gpu", false)]
    [InlineData("", false)]
    public void Names_are_told_from_other_words(string name, bool isName)
    {
        Assert.Equal(isName, ComputeDevice.IsName(name));
        var options = MorulaOptions.Read("lean", [$"Device={name}"]);
        if (isName) Assert.Equal(name, OptionsCheck.Require(options).Device);
        else Assert.Contains("expected auto, cpu, cuda or cuda:N", Assert.Throws<OptionsException>(() => OptionsCheck.Require(options)).Message);
    }

    [Fact]
    public void The_processor_is_always_there()
    {
        Assert.Equal(TorchSharp.DeviceType.CPU, ComputeDevice.Named("cpu").type);
        Assert.Matches(@"^the processor with \d+ threads?$", ComputeDevice.Words(ComputeDevice.Named("cpu")));
    }

    [Fact]
    public void A_card_that_is_not_there_is_refused()
    {
        string message = Assert.Throws<OptionsException>(() => ComputeDevice.Named("cuda:99")).Message;
        Assert.Contains(ComputeDevice.IsCudaBuiltIn ? "cards" : "libtorch for the processor alone", message);
    }

    [Fact]
    public void A_card_gives_what_the_processor_gives()
    {
        Assert.SkipUnless(ComputeDevice.Named(ComputeDevice.Auto).type == TorchSharp.DeviceType.CUDA, "No card that CUDA can use.");
        using var scope = NewDisposeScope();
        Device card = ComputeDevice.Named("cuda");
        Tensor map = rand([2, 8, 12, 10, 9]), weight = rand([16, 8, 3, 3, 3]);
        Tensor here = nn.functional.conv3d(map, weight), there = nn.functional.conv3d(map.to(card), weight.to(card)).cpu();
        Assert.True((here - there).abs().max().item<float>() < 0.05f * here.abs().max().item<float>());
    }
}
