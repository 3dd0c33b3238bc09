using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Morula.Tests.Cli;

/// <summary>Runs the command in several processes by an MPI launcher of this machine.</summary>
internal static class MpiProcesses
{
    /// <summary>The launchers that tests try.</summary>
    public static string[] Launchers { get; } = ["mpirun.openmpi", "mpirun.mpich"];

    /// <summary>Starts the command; null where there is no such launcher.</summary>
    public static Process? Start(string launcher, int count, Dictionary<string, string> variables, params string[] arguments)
    {
        string? path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, launcher)).FirstOrDefault(File.Exists);
        if (path is null) return null;
        string[] open = launcher.EndsWith("openmpi", StringComparison.Ordinal) ? ["--allow-run-as-root", "--oversubscribe", "--bind-to", "none"] : [];
        string dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        string command = Path.Combine(AppContext.BaseDirectory, "Morula.Cli.dll");
        var start = new ProcessStartInfo(path, [.. open, "-n", $"{count}", dotnet, command, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        return Process.Start(start);
    }

    /// <summary>Waits for the end; null where it takes longer than a time.</summary>
    public static async Task<(int Code, string Output, string Error)?> End(Process process, TimeSpan most)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        using var late = new CancellationTokenSource(most);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return null;
        }

        return (process.ExitCode, await output, await error);
    }
}
