using Morula.Measuring;
using Morula.Training;

namespace Morula.Comparison;

/// <summary>Times that a training log tells.</summary>
internal static class StepPace
{
    private const string Loss = "loss";

    /// <summary>
    /// Median time between the entries of consecutive steps with nothing between them: no validation and no pause; null where there are
    /// no such steps. Every step but a validation's is logged when it is done.
    /// </summary>
    public static double? SecondsPerStep(IReadOnlyList<LogLine> lines, IReadOnlyList<DateTimeOffset> sittings)
    {
        var seconds = new List<double>();
        for (int index = 1; index < lines.Count; index++)
        {
            var (before, now) = (lines[index - 1], lines[index]);
            bool isStep = now.Values.ContainsKey(Loss) && before.Values.ContainsKey(Loss) && now.Step == before.Step + 1;
            if (isStep && !sittings.Any(start => start > before.Time && start <= now.Time)) seconds.Add((now.Time - before.Time).TotalSeconds);
        }

        return seconds.Count == 0 ? null : Median.Of(seconds);
    }

    /// <summary>Minutes of training behind which each line was written; time between sittings does not count.</summary>
    public static double[] Minutes(IReadOnlyList<LogLine> lines, IReadOnlyList<DateTimeOffset> sittings)
    {
        var minutes = new double[lines.Count];
        double sum = 0;
        DateTimeOffset last = sittings.Count > 0 ? sittings[0] : lines.Count > 0 ? lines[0].Time : default;
        for (int index = 0; index < lines.Count; index++)
        {
            DateTimeOffset start = sittings.Where(one => one <= lines[index].Time).Append(last).Max();
            sum += Math.Max(0, (lines[index].Time - start).TotalMinutes);
            minutes[index] = sum;
            last = lines[index].Time;
        }

        return minutes;
    }
}
