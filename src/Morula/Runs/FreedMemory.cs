using Morula.Planning;
using Morula.Tensors;

namespace Morula.Runs;

/// <summary>Memory that tensors have left: kept for the next ones where a bound has room for it, which is faster, else given back.</summary>
internal static class FreedMemory
{
    // Of what the program takes beside itself; the most that was measured is 2.18 (bench/results/plan.md).
    private const double Kept = 2.5;

    /// <summary>Settles it for this process.</summary>
    /// <param name="foretold">Largest memory where all is given back, bytes.</param>
    /// <param name="bound">Memory that the process may take, bytes.</param>
    public static void Settle(long foretold, long bound)
    {
        if (!HasRoom(foretold, bound)) NativeHeap.GiveBackEarly();
    }

    /// <summary>Whether the bound has room for memory that is free and kept.</summary>
    public static bool HasRoom(long foretold, long bound) => ProcessSketch.Program + (Kept * (foretold - ProcessSketch.Program)) <= bound;
}
