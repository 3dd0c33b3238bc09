namespace Morula.Measuring;

/// <summary>Memory that this process holds in RAM, in bytes.</summary>
/// <param name="Now">At this moment.</param>
/// <param name="Peak">At most so far.</param>
public readonly record struct MemoryUse(long Now, long Peak)
{
    /// <summary>Asks the system.</summary>
    public static MemoryUse Read() => ProcessMemory.Resident is > 0 and var now
        ? new MemoryUse(now, Math.Max(now, ProcessMemory.Peak))
        : OfRuntime();

    private static MemoryUse OfRuntime()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return new MemoryUse(process.WorkingSet64, Math.Max(process.WorkingSet64, process.PeakWorkingSet64));
    }
}
