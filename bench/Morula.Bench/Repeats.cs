using System.Diagnostics;

namespace Morula.Bench;

/// <summary>Seconds of work that is done many times.</summary>
internal static class Repeats
{
    /// <summary>Median seconds.</summary>
    public static double Median(int repeats, Action<int> work)
    {
        double[] seconds = Sorted(repeats, work);
        return (seconds[(repeats - 1) / 2] + seconds[repeats / 2]) / 2;
    }

    /// <summary>Least seconds: what the machine can do when nothing disturbs it.</summary>
    public static double Least(int repeats, Action work) => Sorted(repeats, _ => work())[0];

    private static double[] Sorted(int repeats, Action<int> work)
    {
        var seconds = new double[repeats];
        for (int repeat = 0; repeat < repeats; repeat++)
        {
            long begun = Stopwatch.GetTimestamp();
            work(repeat);
            seconds[repeat] = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        }

        Array.Sort(seconds);
        return seconds;
    }
}
