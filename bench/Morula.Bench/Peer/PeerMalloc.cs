using System.Diagnostics;
using Morula.Tensors;

namespace Morula.Bench.Peer;

/// <summary>Settings of glibc's malloc, which it reads before a program's first line.</summary>
internal static class PeerMalloc
{
    /// <summary>Those that the morula command gives itself where --memory is given.</summary>
    public const string Own = MemoryTunables.Least;

    /// <summary>Gives them to a process; empty: none.</summary>
    public static void Apply(ProcessStartInfo start, string malloc)
    {
        start.Environment.Remove(MemoryTunables.Variable);
        if (malloc.Length > 0) start.Environment[MemoryTunables.Variable] = malloc;
    }

    /// <summary>What the table calls them.</summary>
    public static string Name(string malloc) => malloc.Length == 0 ? "plain" : "set";
}
