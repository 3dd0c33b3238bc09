using Morula.Tensors;

namespace Morula.Cli;

/// <summary>Loads the tensor library; where that fails the binding writes pages about its attempts, of which the user needs one line.</summary>
internal static class QuietTorch
{
    /// <summary>As <see cref="TorchLibrary.EnsureLoaded"/>, in silence.</summary>
    /// <exception cref="PlatformNotSupportedException">The library cannot be loaded; the message says why and what to do.</exception>
    public static void EnsureLoaded() => InSilence(TorchLibrary.EnsureLoaded);

    private static void InSilence(Action load)
    {
        TextWriter output = Console.Out;
        Console.SetOut(TextWriter.Null);
        try
        {
            load();
        }
        finally
        {
            Console.SetOut(output);
        }
    }
}
