using System.Text.Json;
using Morula.Cli;
using Morula.Tests.Formats;
using Xunit;

namespace Morula.Tests.Cli;

/// <summary>--quiet, --verbose and --format json on verbs of the command.</summary>
public sealed class FormatTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    [Fact]
    public void Every_line_is_an_object_and_the_end_comes_last()
    {
        var (code, events, error) = Json("synthesize", "embryo", "--out", temporary["data"], "--count", "2", "--set", "Extent=16,16,16", "--set", "CellCount=3");
        Assert.Equal((0, string.Empty), (code, error));
        Assert.All(events, one => Assert.Equal("synthesize", one.GetProperty("verb").GetString()));
        Assert.All(events, one => Assert.True(DateTimeOffset.TryParse(one.GetProperty("time").GetString(), out _)));
        JsonElement[] progress = [.. events.Where(one => Kind(one) == "progress")];
        Assert.Equal(2, progress[^1].GetProperty("done").GetInt64());
        Assert.Equal(2, progress[^1].GetProperty("total").GetInt64());
        Assert.True(progress[^1].GetProperty("peakBytes").GetInt64() >= progress[^1].GetProperty("memoryBytes").GetInt64());
        Assert.Equal(["result", "end"], events.TakeLast(2).Select(Kind));
        Assert.Equal(2, events[^2].GetProperty("images").GetInt32());
        Assert.Equal(0, events[^1].GetProperty("code").GetInt32());
    }

    [Fact]
    public void Quiet_leaves_the_result_and_the_end()
    {
        var (_, events, _) = Json("synthesize", "embryo", "--out", temporary["data"], "--count", "1", "--set", "Extent=16,16,16", "--set", "CellCount=3", "--quiet");
        Assert.Equal(["result", "end"], events.Select(Kind));
    }

    [Fact]
    public void What_was_wrong_is_an_event_too()
    {
        var (code, events, error) = Json("info", temporary["none.tif"]);
        Assert.Equal(ExitCode.Refused, code);
        JsonElement last = Assert.Single(events);
        Assert.Equal("error", Kind(last));
        Assert.Equal(ExitCode.Refused, last.GetProperty("code").GetInt32());
        Assert.Equal($"morula: {last.GetProperty("text").GetString()}", error.TrimEnd());
    }

    [Theory]
    [InlineData("info", "--format=json")]
    [InlineData("info", "a.tif", "--format", "json", "--nonsense")]
    public void A_wrong_command_line_is_an_event_where_events_are_asked_for(params string[] args)
    {
        var (code, output, error) = TrainedFolder.Command(args);
        JsonElement only = Assert.Single(Events(output));
        Assert.Equal(ExitCode.Refused, code);
        Assert.Equal("error", Kind(only));
        Assert.StartsWith("morula: ", error);
    }

    [Fact]
    public void A_format_that_is_none_is_refused()
    {
        var (code, output, error) = TrainedFolder.Command("options", "lean", "--format", "yaml");
        Assert.Equal((ExitCode.Refused, string.Empty), (code, output));
        Assert.Equal("morula: \"yaml\" is not text or json, which --format takes. See \"morula options --help\".", error.TrimEnd());
    }

    [Fact]
    public void Options_are_a_json_object()
    {
        var (_, events, _) = Json("options", "lean", "--set", "Training.Steps=7");
        Assert.Equal(7, events[0].GetProperty("options").GetProperty("Training").GetProperty("Steps").GetInt32());
    }

    [Fact]
    public void Lines_that_a_verb_writes_are_messages()
    {
        var (_, events, _) = Events(context => context.Output.Write("one\r\ntwo\nthree"));
        Assert.Equal(["one", "two", "three"], events.Take(3).Select(one => one.GetProperty("text").GetString()));
        Assert.Equal("end", Kind(Assert.Single(events[3..])));
    }

    [Fact]
    public void Numbers_that_are_none_are_null()
    {
        var (_, events, _) = Events(context => context.Result(new { a = double.NaN, b = double.PositiveInfinity, c = 0.5 }));
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null, 0.5), (events[0].GetProperty("a").ValueKind, events[0].GetProperty("b").ValueKind, events[0].GetProperty("c").GetDouble()));
    }

    [Fact]
    public void Verbose_tells_time_and_memory_at_the_end()
    {
        var (code, output, error) = TrainedFolder.Command("options", "nano", "--verbose");
        Assert.Equal(0, code);
        Assert.StartsWith("{", output);
        Assert.Matches(@"^took \d+ s; memory at most [\d.]+ [MG]iB\s*$", error);
    }

    public void Dispose() => temporary.Dispose();

    private static string Kind(JsonElement one) => one.GetProperty("event").GetString()!;

    private static (int Code, JsonElement[] Events, string Error) Json(params string[] args)
    {
        var (code, output, error) = TrainedFolder.Command([.. args, "--format", "json"]);
        return (code, Events(output), error);
    }

    private static (int Code, JsonElement[] Events, string Error) Events(Action<VerbContext> run)
    {
        using StringWriter output = new(), error = new();
        Verb verb = Verb.Create("say", "Says.", [new VerbExample("say", "Says")], [], run);
        int code = CommandLine.Run([verb], ["say", "--format", "json"], output, error, TestContext.Current.CancellationToken);
        return (code, Events(output.ToString()), error.ToString());
    }

    private static JsonElement[] Events(string output) =>
        [.. output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement.Clone())];
}
