using Morula.Training;
using Xunit;

namespace Morula.Tests.Training;

public sealed class LogTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2024, 5, 6, 12, 0, 0, 250, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("morula-log-").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    [Fact]
    public void Lines_read_back_as_written()
    {
        Run(false, (0, 1.5), (10, double.NaN), (20, double.PositiveInfinity), (20, 0.1));
        Assert.Equal(
            [(0, Noon, 1.5), (10, Noon, double.NaN), (20, Noon, double.PositiveInfinity), (20, Noon, 0.1)],
            TrainingLog.Read(folder).Select(line => (line.Step, line.Time, line.Values["loss"])));
        Assert.Equal("""{"step":0,"time":"2024-05-06T12:00:00.25Z","loss":1.5}""", File.ReadLines(LinePath).First());
    }

    [Fact]
    public void A_line_is_on_disk_before_the_log_is_closed()
    {
        using var log = Open(false);
        log.Write(3, Loss(2));
        Assert.Equal(3, Assert.Single(TrainingLog.Read(folder)).Step);
        Assert.Equal(2, EventFileDecoder.Read(EventPaths().Single()).Count);
    }

    [Fact]
    public void A_resumed_log_holds_no_step_twice()
    {
        Run(false, (10, 1), (20, 2), (30, 3), (40, 4));
        Run(true, (30, 5), (40, 6), (40, 7));
        Assert.Equal([(10, 1.0), (20, 2), (30, 5), (40, 6), (40, 7)], TrainingLog.Read(folder).Select(line => (line.Step, line.Values["loss"])));
    }

    [Fact]
    public void A_torn_last_line_is_dropped_on_resume()
    {
        Run(false, (10, 1));
        File.AppendAllText(LinePath, """{"step":20,"ti""");
        Run(true, (20, 2));
        Assert.Equal([10L, 20], TrainingLog.Read(folder).Select(line => line.Step));
        Assert.Equal(2, File.ReadLines(LinePath).Count());
    }

    [Fact]
    public void A_log_begun_anew_forgets_the_old_one()
    {
        Run(false, (10, 1));
        Run(false, (5, 2));
        Assert.Equal(5, Assert.Single(TrainingLog.Read(folder)).Step);
        Assert.Single(EventPaths());
    }

    [Fact]
    public void The_event_file_says_the_same()
    {
        using (var log = Open(false))
            log.Write(1L << 40, new Dictionary<string, double> { ["loss/µ"] = 0.25, ["rate"] = double.NaN, [new string('x', 200)] = -3 });
        var events = EventFileDecoder.Read(EventPaths().Single());
        Assert.Equal(["brain.Event:2", null], events.Select(read => read.Version));
        Assert.All(events, read => Assert.Equal(1714996800.25, read.WallTime));
        Assert.Equal(1L << 40, events[1].Step);
        Assert.Equal([("loss/µ", 0.25f), ("rate", float.NaN), (new string('x', 200), -3)], events[1].Values);
    }

    [Fact]
    public void A_resumed_log_tells_the_reader_to_forget_later_steps()
    {
        Run(false, (10, 1), (20, 2));
        Run(true, (20, 3));
        string[] paths = EventPaths();
        Assert.Equal(2, paths.Length);
        var events = EventFileDecoder.Read(paths[1]);
        Assert.Equal([(0, false), (20, true), (20, false)], events.Select(read => (read.Step, read.IsStart)));
    }

    [Fact]
    public void Names_of_the_log_itself_are_refused()
    {
        using var log = Open(false);
        Assert.Throws<ArgumentException>(() => log.Write(1, new Dictionary<string, double> { ["step"] = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => log.Write(-1, Loss(1)));
        Assert.Empty(TrainingLog.Read(folder));
    }

    [Fact]
    public void A_folder_without_a_log_has_no_lines() => Assert.Empty(TrainingLog.Read(Path.Combine(folder, "none")));

    private string LinePath => Path.Combine(folder, TrainingLog.FileName);

    private string[] EventPaths() => [.. Directory.GetFiles(folder, "events.out.tfevents.*").Order(StringComparer.Ordinal)];

    private TrainingLog Open(bool append) => new(folder, append, new StoppedClock());

    private void Run(bool append, params (long Step, double Loss)[] entries)
    {
        using var log = Open(append);
        foreach (var (step, loss) in entries) log.Write(step, Loss(loss));
    }

    private static Dictionary<string, double> Loss(double loss) => new() { ["loss"] = loss };

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Noon;
    }
}
