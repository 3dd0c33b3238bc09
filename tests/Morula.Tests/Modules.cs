using TorchSharp;

namespace Morula.Tests;

internal static class Modules
{
    /// <summary>The module itself, made known to <see cref="NoTensorLeaksAttribute"/>; the test disposes it.</summary>
    public static T Counted<T>(this T module)
        where T : torch.nn.Module
    {
        NoTensorLeaksAttribute.Forgive(module);
        return module;
    }
}
