using Morula.Layers;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Layers;

public sealed class SpaceTimeConvTests
{
    [Theory, InlineData(1), InlineData(3)]
    [NoTensorLeaks]
    public void Fresh_weights_treat_every_frame_as_the_spatial_convolution_does(int frames)
    {
        using var scope = NewDisposeScope();
        using var movie = Conv.Create(2, 3, [3, 3, 3, 3], [1, 2, 1, 2]).Counted();
        using var volume = Conv.Create(2, 3, [3, 3, 3], [2, 1, 2]).Counted();
        Weights.Copy(movie, "space.", volume);
        Tensor input = Dense.Random(3, 2, 2, frames, 5, 4, 6).ToTensor();
        Tensor output = movie.call(input);
        for (int frame = 0; frame < frames; frame++)
            Dense.Of(volume.call(input.select(2, frame))).AssertClose(output.select(2, frame), 1e-6f);
    }

    [Fact, NoTensorLeaks]
    public void One_frame_meets_only_the_middle_tap()
    {
        using var scope = NewDisposeScope();
        using var movie = Conv.Create(2, 2, [3, 1, 1, 1], [1, 1, 1, 1]).Counted();
        Tensor input = Dense.Random(3, 1, 2, 1, 3, 3, 3).ToTensor();
        Dense before = Dense.Of(movie.call(input));
        using (no_grad())
        {
            Weights.Of(movie)["time.weight"].select(2, 0).fill_(7);
            Weights.Of(movie)["time.weight"].select(2, 2).fill_(-5);
        }

        before.AssertClose(movie.call(input), 0);
        Assert.NotEqual(before.Values[0], Dense.Of(movie.call(cat([input, input], 2))).Values[0], 0.01f);
    }

    [Fact, NoTensorLeaks]
    public void A_kernel_of_one_frame_has_no_temporal_factor()
    {
        using var scope = NewDisposeScope();
        using var movie = Conv.Create(2, 3, [1, 3, 3, 3], [1, 1, 1, 1]).Counted();
        Assert.DoesNotContain(Weights.Of(movie).Keys, name => name.Contains("time", StringComparison.Ordinal));
    }

    [Fact, NoTensorLeaks]
    public void Starting_weights_leave_the_identity_over_time_alone()
    {
        using var scope = NewDisposeScope();
        using var unit = new ConvUnit(2, 4, [3, 3, 3, 3], [1, 1, 1, 1], Normalisation.Group).Counted();
        Dense time = Dense.Of(Weights.Of(unit)["convolution.time.weight"]);
        Assert.Equal(Dense.Build(time.Shape, place => place[0] == place[1] && place[2] == 1 ? 1 : 0).Values, time.Values);
    }
}
