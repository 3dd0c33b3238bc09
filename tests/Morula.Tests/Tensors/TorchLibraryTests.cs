using Morula.Tensors;
using Xunit;

namespace Morula.Tests.Tensors;

public sealed class TorchLibraryTests
{
    [Fact]
    public void The_tensor_library_loads_and_multiplies()
    {
        TorchLibrary.EnsureLoaded();
        using var scope = TorchSharp.torch.NewDisposeScope();
        Assert.Equal(6f, (TorchSharp.torch.tensor(2f) * TorchSharp.torch.tensor(3f)).item<float>());
    }
}
