using Morula.Cli;
using Xunit;

namespace Morula.Tests.Cli;

public sealed class PlanVerbTests
{
    [Theory]
    [InlineData("plan", "lean", "--extent", "64,64,64")]
    [InlineData("plan", "lean", "--extent", "256,256", "--cells", "30")]
    [InlineData("plan", "lean", "--extent", "32,32,32", "--frames", "4")]
    [InlineData("plan", "reference", "--device", "cuda:0")]
    public void Every_stage_is_listed_with_a_total(params string[] line)
    {
        var (code, output, _) = Run(line);
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("weights", output, StringComparison.Ordinal);
        Assert.Contains("total", output, StringComparison.Ordinal);
        Assert.Contains("training takes", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bound_that_is_too_small_is_told_and_fitted()
    {
        var (_, plain, _) = Run("plan", "lean", "--extent", "96,96,96", "--memory", "600MiB");
        Assert.Contains("training does not fit", plain, StringComparison.Ordinal);
        var (_, fitted, _) = Run("plan", "lean", "--extent", "96,96,96", "--memory", "600MiB", "--fit");
        Assert.Contains("training fits, prediction fits", fitted, StringComparison.Ordinal);
        Assert.Contains("fitted: ", fitted, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the least possible is", "plan", "lean", "--memory", "100MB", "--fit")]
    [InlineData("no size of memory", "plan", "lean", "--memory", "8 giga")]
    [InlineData("is no extent", "plan", "lean", "--extent", "64")]
    [InlineData("there is no device", "plan", "lean", "--device", "tpu")]
    [InlineData("--fit needs --memory", "plan", "lean", "--fit")]
    public void What_cannot_be_is_refused_in_one_line(string words, params string[] line)
    {
        var (code, _, error) = Run(line);
        Assert.Equal(ExitCode.Refused, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public void A_page_and_figures_are_written()
    {
        using var temporary = new Morula.Tests.Formats.TemporaryFolder();
        var (code, _, _) = Run("plan", "lean", "--extent", "48,48,48", "--page", temporary["plan.html"], "--json", temporary["plan.json"], "--out", temporary["options.json"]);
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("data:image/png", File.ReadAllText(temporary["plan.html"]), StringComparison.Ordinal);
        Assert.Contains("StagesAtPeak", File.ReadAllText(temporary["plan.json"]), StringComparison.Ordinal);
        Assert.Equal([48, 48, 48], MorulaOptions.Read(temporary["options.json"], []).Samples.Crop);
    }

    private static (int Code, string Output, string Error) Run(params string[] line)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = CommandLine.Run(line, output, error, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
