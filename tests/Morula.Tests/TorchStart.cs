using System.Runtime.CompilerServices;
using Morula.Tensors;

namespace Morula.Tests;

/// <summary>A test may make a tensor before it touches the library, which alone knows how to load the native one.</summary>
internal static class TorchStart
{
#pragma warning disable CA2255 // The test assembly is an application.
    [ModuleInitializer]
    internal static void Load() => TorchLibrary.EnsureLoaded();
#pragma warning restore CA2255
}
