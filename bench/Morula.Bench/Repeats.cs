using System.Diagnostics;

namespace Morula.Bench;

/// <summary>Seconds of work that is done many times.</summary>
internal static class Repeats
{
    /// <summary>Median seconds.</summary>
    public static double Median(int repeats, Action<int> work) => Both(repeats, work).Seconds;

    /// <summary>Median seconds by the clock and of all threads of this process, which other processes disturb less.</summary>
    public static (double Seconds, double ProcessorSeconds) Both(int repeats, Action<int> work)
    {
        var (seconds, processor) = Run(repeats, work);
        return (Middle(seconds), Middle(processor));
    }

    /// <summary>Least seconds: what the machine can do when nothing disturbs it.</summary>
    public static double Least(int repeats, Action work) => Run(repeats, _ => work()).Seconds.Min();

    private static (double[] Seconds, double[] Processor) Run(int repeats, Action<int> work)
    {
        var (seconds, processor) = (new double[repeats], new double[repeats]);
        for (int repeat = 0; repeat < repeats; repeat++)
        {
            TimeSpan used = Environment.CpuUsage.TotalTime;
            long begun = Stopwatch.GetTimestamp();
            work(repeat);
            seconds[repeat] = Stopwatch.GetElapsedTime(begun).TotalSeconds;
            processor[repeat] = (Environment.CpuUsage.TotalTime - used).TotalSeconds;
        }

        return (seconds, processor);
    }

    private static double Middle(double[] numbers)
    {
        Array.Sort(numbers);
        return (numbers[(numbers.Length - 1) / 2] + numbers[numbers.Length / 2]) / 2;
    }
}
