using Morula.Cli;
using Morula.Measuring;
using Spectre.Console;
using Xunit;

namespace Morula.Tests.Cli;

public sealed class ProgressLineTests
{
    private readonly HandClock clock = new();

    [Fact]
    public void Elsewhere_than_on_a_terminal_lines_come_at_most_every_ten_seconds()
    {
        using var writer = new StringWriter();
        using (var line = new ProgressLine(writer, Verbosity.Normal, clock))
        {
            for (int step = 1; step <= 50; step++)
            {
                line.Report(step, 50, new Dictionary<string, double> { ["loss"] = 1.0 / step });
                clock.Seconds += 0.5;
            }
        }

        Assert.Equal(
            [
                "step 1/50  loss 1",
                "step 21/50  loss 0.04762  2.0 steps/s  14 s left",
                "step 41/50  loss 0.02439  2.0 steps/s  4 s left",
                "step 50/50  loss 0.02  2.0 steps/s",
            ],
            writer.ToString().TrimEnd().Split(Environment.NewLine));
    }

    [Fact]
    public void On_a_terminal_one_line_renews_itself_and_never_wraps()
    {
        using var writer = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Out = new Terminal(writer, 20) });
        using (var line = new ProgressLine(console, Verbosity.Normal, clock))
        {
            for (int step = 1; step <= 3; step++)
            {
                line.Report(step, 1000, new Dictionary<string, double> { ["loss"] = 0.123456 });
                clock.Seconds += 1;
            }
        }

        const string Clear = "\r\u001b[2K";
        Assert.Equal($"{Clear}step 1/1000  loss 0{Clear}step 2/1000  loss 0{Clear}step 3/1000  loss 0{Environment.NewLine}", writer.ToString());
    }

    [Fact]
    public void Quiet_writes_nothing()
    {
        using var writer = new StringWriter();
        using (var line = new ProgressLine(writer, Verbosity.Quiet, clock))
        {
            line.Report(1, 1);
            line.Say("done");
            line.Detail("chosen");
        }

        Assert.Empty(writer.ToString());
    }

    [Theory]
    [InlineData(0, "step 1/2  2.00 GiB|said")]
    [InlineData(1, "step 1/2  2.00 GiB, at most 3.00 GiB|said|chosen")]
    public void Memory_stands_at_the_end_and_details_come_where_they_are_wanted(int more, string expected)
    {
        using var writer = new StringWriter();
        using (var line = new ProgressLine(writer, more > 0 ? Verbosity.Verbose : Verbosity.Normal, clock, () => new MemoryUse(2L << 30, 3L << 30)))
        {
            line.Report(1, 2);
            line.Say("said");
            line.Detail("chosen");
        }

        Assert.Equal(expected.Split('|'), writer.ToString().TrimEnd().Split(Environment.NewLine));
    }

    [Fact]
    public void The_pace_forgets_a_slow_start()
    {
        var pace = new ProgressPace(0, clock.GetTimestamp(), clock);
        string text = string.Empty;
        for (int step = 1; step <= 300; step++)
        {
            clock.Seconds += step == 1 ? 60 : 2;
            text = pace.Describe(step, 1000, new Dictionary<string, double>(), clock.GetTimestamp());
        }

        Assert.Equal("step 300/1000  2.0 s/step  23 min 20 s left", text);
    }

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(59.6, "59 s")]
    [InlineData(61, "1 min 01 s")]
    [InlineData(3660, "1 h 01 min")]
    [InlineData(90000, "1 d 01 h")]
    public void Durations_read_as_people_say_them(double seconds, string text) => Assert.Equal(text, ProgressPace.Duration(TimeSpan.FromSeconds(seconds)));

    private sealed class HandClock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => (long)Math.Round(Seconds * 1000);
    }

    private sealed class Terminal(TextWriter writer, int width) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => true;

        public int Width => width;

        public int Height => 24;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
