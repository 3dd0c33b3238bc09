using System.Runtime.InteropServices;
using Morula.Tensors;

namespace Morula.Measuring;

/// <summary>Memory of this process as Linux and glibc count it, in bytes; 0 where they do not say.</summary>
internal static unsafe class ProcessMemory
{
    /// <summary>Memory in RAM now.</summary>
    public static long Resident => Status("VmRSS");

    /// <summary>The part of it that no file stands behind: heaps and stacks.</summary>
    public static long Anonymous => Status("RssAnon");

    /// <summary>Largest memory in RAM since the start or <see cref="ResetPeak"/>.</summary>
    public static long Peak => Status("VmHWM");

    /// <summary>Lets <see cref="Peak"/> begin anew from what is resident now.</summary>
    public static void ResetPeak()
    {
        if (OperatingSystem.IsLinux()) File.WriteAllText("/proc/self/clear_refs", "5");
    }

    /// <summary>Bytes handed out by malloc, and bytes it holds free for later: the first grows by a leak, the second by fragmentation.</summary>
    public static (long InUse, long Held) Native()
    {
        if (!Glibc.TryFind("mallinfo2", out nint address)) return (0, 0);
        var info = ((delegate* unmanaged<MallocInfo>)address)();
        return ((long)(info.InUse + info.Mapped), (long)info.Free);
    }

    /// <summary>Collects all garbage and gives back what neither the managed heap nor malloc needs.</summary>
    public static void Collect()
    {
        for (int round = 0; round < 2; round++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        NativeHeap.Trim();
    }

    /// <summary>Bytes as MiB.</summary>
    public static double Mebibytes(long bytes) => bytes / 1048576.0;

    private static long Status(string key)
    {
        if (!File.Exists("/proc/self/status")) return 0;
        foreach (string line in File.ReadLines("/proc/self/status"))
        {
            if (line.StartsWith(key + ":", StringComparison.Ordinal))
                return 1024 * long.Parse(line.AsSpan(key.Length + 1).Trim().TrimEnd("kB").Trim());
        }

        return 0;
    }

    /// <summary>struct mallinfo2 of glibc.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct MallocInfo
    {
        public readonly nuint Arena;
        public readonly nuint FreeChunks;
        public readonly nuint FastChunks;
        public readonly nuint MappedRegions;
        public readonly nuint Mapped;
        public readonly nuint Unused;
        public readonly nuint FastFree;
        public readonly nuint InUse;
        public readonly nuint Free;
        public readonly nuint Top;
    }
}
