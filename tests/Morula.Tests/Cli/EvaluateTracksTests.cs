using System.Text.Json;
using Morula.Cli;
using Morula.Tests.Evaluation;
using Morula.Tests.Formats;
using Xunit;

namespace Morula.Tests.Cli;

public sealed class EvaluateTracksTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public EvaluateTracksTests()
    {
        ToyMovie.Draw(["1111.44", "1111.44", "2233.44", "2233.44"], (2, 1), (3, 1)).WriteTo(temporary["truth"]);
        ToyMovie.Draw(["1111.44", "1111...", "2233.44", "2233.44"], (2, 1), (3, 1)).WriteTo(temporary["found"]);
    }

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void Tracks_are_scored_beside_images()
    {
        var (code, output, error) = Evaluate("--tracks", "--json", temporary["scores.json"]);
        Assert.True(code == 0, error);
        Assert.All(["SEG ", "accuracy@0.5 ", "TRA ", "LNK ", "BC(0) ", "lineage accuracy@movie "], name => Assert.Contains($"\n{name}", output, StringComparison.Ordinal));
        using var json = JsonDocument.Parse(File.ReadAllText(temporary["scores.json"]));
        Assert.Equal(0.875, json.RootElement.GetProperty("tracking").GetProperty("TRA").GetDouble(), 1e-12);
        Assert.Equal(0.9, json.RootElement.GetProperty("pooled").GetProperty("DET").GetDouble(), 1e-12);
    }

    [Fact]
    public void A_part_of_a_movie_is_scored()
    {
        var (code, output, error) = Evaluate("--tracks", "--frames", "2..3");
        Assert.True(code == 0, error);
        Assert.Matches(@"\nTRA +1\.0000\n", output);
        Assert.Matches(@"(^|\n)images +2\n", output);
    }

    [Fact]
    public void A_part_may_be_open_at_an_end()
    {
        var (code, output, error) = Evaluate("--tracks", "--frames", "..1");
        Assert.True(code == 0, error);
        Assert.Matches(@"(^|\n)images +2\n", output);
    }

    [Theory]
    [InlineData("expected FIRST..LAST, such as", "--tracks", "--frames", "2-3")]
    [InlineData("expected FIRST..LAST, such as", "--tracks", "--frames", "3..2")]
    [InlineData("name it together with --tracks", "--frames", "2..3")]
    [InlineData("--partial is for single images", "--tracks", "--partial")]
    [InlineData("has no frame 4; frames 2 to 6 are compared", "--tracks", "--frames", "2..6")]
    public void What_cannot_be_compared_is_refused(string expected, params string[] arguments)
    {
        var (code, _, error) = Evaluate(arguments);
        Assert.Equal(ExitCode.Refused, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_are_no_movie()
    {
        var (code, _, error) = TrainedFolder.Command(["evaluate", "--truth", temporary["truth"], "--prediction", Path.Combine(temporary["found"], "labels"), "--tracks", "-q"]);
        Assert.Equal(ExitCode.Refused, code);
        Assert.Contains("is no tracked movie", error, StringComparison.Ordinal);
    }

    private (int Code, string Output, string Error) Evaluate(params string[] more) =>
        TrainedFolder.Command(["evaluate", "--truth", temporary["truth"], "--prediction", temporary["found"], "-q", .. more]);
}
