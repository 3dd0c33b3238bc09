using System.Diagnostics;
using Morula.Measuring;

namespace Morula.Bench.Fuzz;

/// <summary>Ends the process when an input takes too long or too much memory; the parent learns which by the exit code and a line of output.</summary>
internal sealed class FuzzWatch
{
    /// <summary>Exit code of a process that an input held up.</summary>
    public const int Slow = 91;

    /// <summary>Exit code of a process that grew too large.</summary>
    public const int Large = 92;

    /// <summary>Most processor time of one input, s.</summary>
    public const double MostSeconds = 5;

    /// <summary>Longest time of one input on the clock, s; a machine that does much else stops a process for seconds.</summary>
    public const double MostClockSeconds = 60;

    /// <summary>Largest growth of the process, MiB.</summary>
    public const double MostMegabytes = 512;

    /// <summary>Stands before the number of the input in the last line.</summary>
    public const string Mark = "ended by ";

    // What an input leaves behind is not to be counted against the next.
    private const long MostGarbage = 32 << 20;

    private readonly double before = ProcessMemory.Mebibytes(Resident());
    private long began;
    private long spent;
    private long number;
    private long allocated;

    /// <summary>Largest growth seen, MiB.</summary>
    public double Growth { get; private set; }

    /// <summary>Starts watching.</summary>
    public void Start() => new Thread(Watch) { IsBackground = true, Name = "watch" }.Start();

    /// <summary>An input begins.</summary>
    public void Begin(long input)
    {
        allocated = GC.GetTotalAllocatedBytes();
        Volatile.Write(ref number, input);
        Volatile.Write(ref spent, Environment.CpuUsage.TotalTime.Ticks);
        Volatile.Write(ref began, Stopwatch.GetTimestamp());
    }

    /// <summary>An input is done.</summary>
    public void End()
    {
        Volatile.Write(ref began, 0);
        if (GC.GetTotalAllocatedBytes() - allocated > MostGarbage) ProcessMemory.Collect();
    }

    private void Watch()
    {
        while (true)
        {
            Thread.Sleep(20);
            Growth = Math.Max(Growth, ProcessMemory.Mebibytes(Resident()) - before);
            if (Growth > MostMegabytes) End(Large);
            long start = Volatile.Read(ref began);
            if (start == 0) continue;
            double processor = TimeSpan.FromTicks(Environment.CpuUsage.TotalTime.Ticks - Volatile.Read(ref spent)).TotalSeconds;
            if (processor > MostSeconds || Stopwatch.GetElapsedTime(start).TotalSeconds > MostClockSeconds) End(Slow);
        }
    }

    // While the process ends the next inputs are read already.
    private void End(int code)
    {
        Console.Out.WriteLine($"{Mark}{Volatile.Read(ref number)}");
        Environment.Exit(code);
    }

    private static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
