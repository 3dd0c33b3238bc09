using System.Runtime.InteropServices;

namespace Morula.Tensors;

/// <summary>Functions of the C library of GNU/Linux that not every system has.</summary>
internal static class Glibc
{
    private const string File = "libc.so.6";

    /// <summary>Whether this program runs with it.</summary>
    public static bool IsHere => TryFind("gnu_get_libc_version", out _);

    /// <summary>The address of a function; false where there is none.</summary>
    public static bool TryFind(string function, out nint address)
    {
        address = 0;
        return NativeLibrary.TryLoad(File, out nint library) && NativeLibrary.TryGetExport(library, function, out address);
    }
}
