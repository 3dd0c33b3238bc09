using static TorchSharp.torch;

namespace Morula.Model;

/// <summary>Parts of the network that are not taught: no activation of theirs is kept.</summary>
internal static class Frozen
{
    /// <summary>Runs without gradients.</summary>
    public static T Run<T>(Func<T> run)
    {
        using var guard = no_grad();
        return run();
    }
}
