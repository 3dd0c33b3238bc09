using System.Diagnostics;
using System.Runtime.InteropServices;
using Morula.Formats;
using Morula.Jobs;
using Morula.Linking;
using Morula.Options;
using Morula.Runs;
using Morula.Samples;
using Morula.Streaming;
using Morula.Synthesis;
using Morula.Tests.Formats;
using Morula.Tests.Reports;
using Morula.Tests.Runs;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Jobs;

/// <summary>Predictions that several processes share against those of one.</summary>
public sealed class StagedPredictionTests : IDisposable
{
    private static readonly string[] Few =
    [
        "Model.Regions.ScoreThreshold=0.01", "Inference.Refinement.Enabled=false", "Inference.MaskThreshold=0.01", "Inference.Threads=1",
        "Inference.Tile=[32,32,32]", "Inference.Halo=[8,8,8]", "Inference.BlockVoxels=32768",
    ];

    private readonly TemporaryFolder folder = new();
    private readonly int threadsBefore = get_num_threads();

    [Fact]
    public void Shares_hold_every_unit_once()
    {
        foreach (var (units, count) in ((int, int)[])[(0, 3), (2, 5), (24, 7), (1000, 8)])
            Assert.Equal(Enumerable.Range(0, units), Enumerable.Range(0, count).SelectMany(index => new Share(index, count).Of(units)));
        Assert.Equal(new Share(3, 8), Share.Parse("3/8"));
        foreach (string wrong in (string[])["8/8", "-1/3", "1", "a/b", "1/0", "1/2/3"])
            Assert.Contains(wrong, Assert.Throws<OptionsException>(() => Share.Parse(wrong)).Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Parts_in_any_order_give_what_one_process_gives(bool isMovie)
    {
        Synthesise(isMovie ? [24, 32, 32] : [40, 48, 48], isMovie ? 5 : 2);
        using (var run = new PredictionRun(TinyCheckpoint.In(folder), Few))
        {
            if (isMovie) new MovieRun(run, new ExactLinkSolver()).Predict(FrameSequence.Open(folder["movie/raw"]), folder["whole"], cancellation: TestContext.Current.CancellationToken);
            else foreach (string image in PredictionRun.Images([folder["movie/raw"]])) run.Predict(image, folder["whole"], cancellation: TestContext.Current.CancellationToken);
        }

        PredictionRequest request = Request(isMovie);
        foreach (PredictionStage stage in Enum.GetValues<PredictionStage>())
        {
            int count = stage == PredictionStage.Finish ? 1 : 3;
            foreach (int index in Enumerable.Range(0, count).Reverse())
            {
                using var part = new StagedPrediction(PredictionRequest.Read(request.Save()), new ExactLinkSolver());
                if (!isMovie && stage == PredictionStage.Find) Assert.True(part.Units(stage) > 8, $"{part.Units(stage)} tiles");
                part.Run(stage, new Share(index, count), null, TestContext.Current.CancellationToken);
            }
        }

        RequireEqual(request.Folder);
    }

    [Fact]
    public async Task Workers_of_the_command_give_what_one_process_gives()
    {
        Synthesise([24, 32, 32], 5);
        Assert.Equal(0, await Command(["predict", folder["movie/raw"], "--movie", "--model", TinyCheckpoint.In(folder), "--out", folder["whole"], .. Sets]));
        Assert.Equal(0, await Command(["predict", folder["movie/raw"], "--movie", "--model", TinyCheckpoint.In(folder), "--out", folder["shared"], "--workers", "2", .. Sets]));
        RequireEqual(folder["shared"]);
        string[] pages = [.. ((string[])["whole", "shared"]).Select(name => File.ReadAllText(PredictionReport.In(folder[name])))];
        Assert.Contains(", of 2 processes together", pages[1], StringComparison.Ordinal);
        Assert.Equal(HtmlCheck.Before(pages[0], "How this was made"), HtmlCheck.Before(pages[1], "How this was made"));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task What_is_overwritten_is_made_anew(bool isShared)
    {
        Synthesise([24, 40, 40], 2);
        string name = VolumeName.Of(PredictionRun.Images([folder["movie/raw"]])[0]);
        string[] into = ["predict", folder["movie/raw"], "--model", TinyCheckpoint.In(folder), "--out", folder["shared"], .. isShared ? (string[])["--workers", "2"] : []];
        Assert.Equal(0, await Command(["predict", folder["movie/raw"], "--model", TinyCheckpoint.In(folder), "--out", folder["whole"], .. Sets]));
        Assert.Equal(0, await Command([.. into, .. Sets, "--set", "Model.Regions.DetectionCount=2"]));
        Assert.NotEqual(File.ReadAllBytes(folder[$"whole/{name}.cells.csv"]), File.ReadAllBytes(folder[$"shared/{name}.cells.csv"]));
        // Parts of a run with other options stand in nobody's way either.
        Directory.CreateDirectory(folder[$"shared/parts/{name}"]);
        File.WriteAllText(folder[$"shared/parts/{name}/made-with.txt"], "something else");
        Assert.Equal(0, await Command([.. into, "--overwrite", .. Sets]));
        RequireEqual(folder["shared"]);
    }

    [Fact]
    public void A_script_of_slurm_quotes_and_queues_again()
    {
        string script = new SlurmJob("/opt/it's/morula", ["predict-part"], []).Script(PredictionStage.Find, "/data/my cells/parts/request.json", "/data/my cells/slurm");
        Assert.StartsWith("#!/bin/bash\n#SBATCH --job-name=morula-find\n#SBATCH --requeue\n", script, StringComparison.Ordinal);
        Assert.Contains("'/opt/it'\\''s/morula' 'predict-part' '/data/my cells/parts/request.json' '--stage' 'find' --share", script, StringComparison.Ordinal);
        Assert.Contains("scontrol requeue", script, StringComparison.Ordinal);
    }

    /// <summary>Needs a Slurm that answers: bench/slurm/cluster.sh starts one of two virtual nodes; SLURM_CONF names its file.</summary>
    [Fact]
    public async Task A_job_array_of_slurm_gives_what_one_process_gives()
    {
        Assert.SkipUnless(await SlurmAnswers(), "No Slurm answers to sinfo; bench/slurm/cluster.sh starts one, and SLURM_CONF names its file.");
        Synthesise([24, 32, 32], 5);
        Assert.Equal(0, await Command(["predict", folder["movie/raw"], "--movie", "--model", TinyCheckpoint.In(folder), "--out", folder["whole"], .. Sets]));
        Assert.Equal(0, await Command(["predict", folder["movie/raw"], "--movie", "--model", TinyCheckpoint.In(folder), "--out", folder["shared"], "--slurm", "--tasks", "3", .. Sets]));
        string report = PredictionReport.In(folder["shared"]);
        for (int second = 0; second < 240 && (!File.Exists(report) || Directory.Exists(folder["shared/parts"])); second++) await Task.Delay(1000, TestContext.Current.CancellationToken);
        Assert.True(File.Exists(report), "The jobs did not end within four minutes.");
        // What Slurm was told and what its tasks said.
        Assert.Contains(Directory.EnumerateFiles(folder["shared/slurm"]), file => file.EndsWith(".log", StringComparison.Ordinal));
        Directory.Delete(folder["shared/slurm"], recursive: true);
        RequireEqual(folder["shared"]);
    }

    public void Dispose()
    {
        set_num_threads(threadsBefore);
        folder.Dispose();
    }

    private static IEnumerable<string> Sets => Few.SelectMany(one => new[] { "--set", one });

    private PredictionRequest Request(bool isMovie) =>
        new(TinyCheckpoint.In(folder), isMovie ? [folder["movie/raw"]] : PredictionRun.Images([folder["movie/raw"]]), folder["shared"]) { IsMovie = isMovie, Overrides = Few };

    // The page tells how long it took, and by how many.
    private void RequireEqual(string shared)
    {
        string[] files = Files(folder["whole"]);
        Assert.True(files.Length >= 4);
        Assert.Equal(files, Files(shared));
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(folder[$"whole/{file}"]), File.ReadAllBytes(Path.Combine(shared, file))));
        HtmlCheck.RequireSound(File.ReadAllText(PredictionReport.In(shared)));
    }

    private static string[] Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Where(name => name != PredictionReport.FileName).Order(StringComparer.Ordinal)];

    private static async Task<bool> SlurmAnswers()
    {
        if (Environment.GetEnvironmentVariable("SLURM_CONF") is null || !File.Exists("/usr/bin/sinfo")) return false;
        using Process process = Process.Start(new ProcessStartInfo("/usr/bin/sinfo", ["--noheader"]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        string nodes = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0 && nodes.Contains("idle", StringComparison.Ordinal);
    }

    private static async Task<int> Command(params string[] arguments)
    {
        string dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        var start = new ProcessStartInfo(dotnet, [Path.Combine(AppContext.BaseDirectory, "Morula.Cli.dll"), .. arguments]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (process.ExitCode != 0) TestContext.Current.SendDiagnosticMessage(await error);
        return process.ExitCode;
    }

    private void Synthesise(int[] extent, int frames)
    {
        EmbryoOptions embryo = EmbryoOptions.Easy with { Extent = extent, SpacingMicrometres = [1, 1, 1], CellCount = 6 };
        SyntheticDataSet.WriteMovie(folder["movie"], new EmbryoMovieOptions { Embryo = embryo, Frames = frames, DivisionRate = 0.1 }, 3);
    }
}
