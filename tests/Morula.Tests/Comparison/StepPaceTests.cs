using Morula.Comparison;
using Morula.Training;
using Xunit;

namespace Morula.Tests.Comparison;

public sealed class StepPaceTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    // A validation behind step 3, and a night between the steps 4 and 5.
    private static readonly LogLine[] Lines =
    [
        Line(1, 10, "loss"), Line(2, 12, "loss"), Line(3, 14, "loss"), Line(3, 44, "SEG"), Line(4, 46, "loss"), Line(5, 40_010, "loss"), Line(6, 40_013, "loss"),
    ];

    private static readonly DateTimeOffset[] Sittings = [Noon, Noon.AddSeconds(40_000)];

    [Fact]
    public void A_step_is_the_median_of_those_with_nothing_between() =>
        Assert.Equal(2, StepPace.SecondsPerStep(Lines, Sittings));

    [Fact]
    public void Without_two_steps_there_is_no_pace() =>
        Assert.Null(StepPace.SecondsPerStep(Lines[..1], Sittings));

    [Fact]
    public void Minutes_leave_out_the_time_between_sittings() =>
        Assert.Equal([10, 12, 14, 44, 46, 56, 59], StepPace.Minutes(Lines, Sittings).Select(minutes => Math.Round(minutes * 60)));

    private static LogLine Line(long step, double seconds, string value) => new(step, Noon.AddSeconds(seconds), new Dictionary<string, double> { [value] = 1 });
}
