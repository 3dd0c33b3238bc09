using System.Diagnostics;
using Morula.Tensors;

namespace Morula.Bench.Peer;

/// <summary>Settings of glibc's malloc, which it reads before a program's first line.</summary>
internal static class PeerMalloc
{
    /// <summary>Those with which free blocks go back to the system at once, as in the morula command where --memory leaves no room for them.</summary>
    public const string Own = "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=1048576";

    /// <summary>Gives them to a process; empty: none.</summary>
    public static void Apply(ProcessStartInfo start, string malloc)
    {
        start.Environment.Remove(SecondStart.Malloc);
        if (malloc.Length > 0) start.Environment[SecondStart.Malloc] = malloc;
    }

    /// <summary>What the table calls them.</summary>
    public static string Name(string malloc) => malloc.Length == 0 ? "plain" : "set";
}
