namespace Morula.Measuring;

/// <summary>Large arrays that nobody holds any more.</summary>
internal static class HostGarbage
{
    // Less is not worth the milliseconds.
    private const long WorthIt = 16L << 20;
    private static long alive;

    /// <summary>
    /// Gives them back to the system now, where there is much of it, rather than when the collector next thinks of it: it lets
    /// arrays as large as volumes pile up for several steps. For a moment between two parts of a task, not for a loop over voxels.
    /// </summary>
    public static void Collect()
    {
        if (GC.GetTotalMemory(forceFullCollection: false) - Interlocked.Read(ref alive) < WorthIt) return;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Interlocked.Exchange(ref alive, GC.GetTotalMemory(forceFullCollection: false));
    }
}
