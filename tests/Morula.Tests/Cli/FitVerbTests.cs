using System.Text.Json;
using Morula.Cli;
using Morula.Tests.Fitting;
using Morula.Tests.Formats;
using Xunit;

namespace Morula.Tests.Cli;

public sealed class FitVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Advice_is_printed_and_written_once()
    {
        string data = new MadeData { Field = [30, 30], Step = [0.5, 0.5] }.Write(folder["data"]), file = folder["my.json"];
        var (code, output, error) = TrainedFolder.Command("fit", "--data", data, "--out", file, "--json", folder["found.json"]);
        Assert.Equal((ExitCode.Done, true), (code, File.Exists(file)));
        Assert.Contains("Samples.Crop", output);
        Assert.Equal(2, MorulaOptions.Read(file, []).Model.Rank);
        using var json = JsonDocument.Parse(File.ReadAllText(folder["found.json"]));
        Assert.Contains("Model.Rank", json.RootElement.GetProperty("advice").EnumerateArray().Select(advice => advice.GetProperty("key").GetString()));
        string written = File.ReadAllText(file);
        (code, _, error) = TrainedFolder.Command("fit", "--data", data, "--out", file);
        Assert.Equal(ExitCode.Refused, code);
        Assert.Contains("--overwrite", error);
        Assert.Equal(ExitCode.Done, TrainedFolder.Command("fit", "--data", data, "--out", file, "--overwrite").Code);
        Assert.Equal(written, File.ReadAllText(file));
        Assert.Equal(ExitCode.Refused, TrainedFolder.Command("fit", "--data", data, "--preset", "leen").Code);
        Assert.Equal(ExitCode.Refused, TrainedFolder.Command("fit", "--data", data, "--images", "0").Code);
    }
}
