using TorchSharp;
using Xunit;
using Xunit.Sdk;

namespace Morula.Tests;

public sealed class NoTensorLeaksTests
{
    [Fact]
    public void A_tensor_that_outlives_the_test_is_reported()
    {
        var attribute = new NoTensorLeaksAttribute();
        attribute.Before(null!, null!);
        using torch.Tensor survivor = torch.zeros(1);
        Assert.Throws<TrueException>(() => attribute.After(null!, null!));
    }

    [Fact]
    public void Tensors_of_a_closed_scope_are_not_reported()
    {
        var attribute = new NoTensorLeaksAttribute();
        attribute.Before(null!, null!);
        using (torch.NewDisposeScope()) torch.zeros(1).add(1);
        attribute.After(null!, null!);
    }
}
