using Morula.Tensors;

namespace Morula.Cli;

/// <summary>Loads the tensor library; where that fails the binding writes pages about its attempts, of which the user needs one line.</summary>
internal static class QuietTorch
{
    /// <summary>As <see cref="TorchLibrary.EnsureLoaded"/>, in silence.</summary>
    /// <exception cref="PlatformNotSupportedException">The library cannot be loaded; the message says why and what to do.</exception>
    public static void EnsureLoaded()
    {
        TextWriter output = Console.Out;
        Console.SetOut(TextWriter.Null);
        try
        {
            TorchLibrary.EnsureLoaded();
        }
        finally
        {
            Console.SetOut(output);
        }
    }
}
