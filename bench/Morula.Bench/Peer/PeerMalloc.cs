using System.Diagnostics;

namespace Morula.Bench.Peer;

/// <summary>Settings of glibc's malloc, which it reads before a program's first line.</summary>
internal static class PeerMalloc
{
    /// <summary>Those that the morula command gives itself: blocks of a mebibyte and more go back to the system; large pages.</summary>
    public const string Own = "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=1048576";

    private const string Variable = "GLIBC_TUNABLES";

    /// <summary>Gives them to a process; empty: none.</summary>
    public static void Apply(ProcessStartInfo start, string malloc)
    {
        start.Environment.Remove(Variable);
        if (malloc.Length > 0) start.Environment[Variable] = malloc;
    }

    /// <summary>What the table calls them.</summary>
    public static string Name(string malloc) => malloc.Length == 0 ? "plain" : "set";
}
