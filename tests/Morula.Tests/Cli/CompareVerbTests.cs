using System.Diagnostics;
using Xunit;

namespace Morula.Tests.Cli;

public sealed class CompareVerbTests(TrainedFolder trained) : IClassFixture<TrainedFolder>
{
    [Fact]
    public async Task Every_training_is_a_process_of_its_own()
    {
        string folder = trained.NewPath();
        var start = new ProcessStartInfo("dotnet", [
            Path.Combine(AppContext.BaseDirectory, "Morula.Cli.dll"), "compare", trained.Options, "--data", trained.Data, "--out", folder, "--steps", "2", "--threads", "1",
        ])
        {
            UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await error);
        Assert.Contains($"page:    {Path.Combine(folder, "compare.html")}", output);
        Assert.True(File.Exists(Path.Combine(folder, "tiny", "seed1", "result.json")));
        Assert.True(File.Exists(Path.Combine(folder, "classical", "result.json")));
    }

    [Fact]
    public void What_one_process_refuses_is_one_line_with_its_name()
    {
        string folder = trained.NewPath();
        Directory.CreateDirectory(folder);
        string request = Path.Combine(folder, "request.json");
        File.WriteAllText(request, "{ \"Name\": ");
        var (code, _, error) = TrainedFolder.Command("compare-member", request);
        Assert.Equal(2, code);
        Assert.StartsWith($"morula: {request}: cannot be read", error);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void No_network_is_one_line() => Refused("<networks> is missing", "--steps", "2");

    [Fact]
    public void Both_budgets_are_one_line() => Refused("the budget is one of them", trained.Options, "--steps", "2", "--minutes", "1");

    [Fact]
    public void One_network_twice_is_one_line() => Refused("two networks have this name", trained.Options, trained.Options, "--steps", "2");

    [Fact]
    public void An_unknown_preset_is_one_line() => Refused("nor a preset of this name", "lien", "--steps", "2");

    [Fact]
    public void An_output_folder_that_holds_something_else_is_one_line()
    {
        string folder = trained.NewPath();
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "letter.txt"), "Dear reader");
        var (code, _, error) = TrainedFolder.Command("compare", trained.Options, "--data", trained.Data, "--out", folder, "--steps", "2");
        Assert.Equal(2, code);
        Assert.Contains("is not empty and holds no comparison", error);
    }

    [Fact]
    public void Help_lists_compare_and_not_its_processes()
    {
        var (_, output, _) = TrainedFolder.Command("--help");
        Assert.Contains("compare <networks>", output);
        Assert.DoesNotContain("compare-member", output);
    }

    private void Refused(string why, params string[] args)
    {
        string folder = trained.NewPath();
        var (code, _, error) = TrainedFolder.Command(["compare", .. args, "--data", trained.Data, "--out", folder]);
        Assert.Equal(2, code);
        Assert.Contains(why, error);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.False(Directory.Exists(folder));
    }
}
