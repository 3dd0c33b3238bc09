using System.Diagnostics;
using Xunit;

namespace Morula.Tests.Formats;

/// <summary>A script of Golden, where Debian's Python has what it needs.</summary>
internal static class OutsidePython
{
    private const string Python = "/usr/bin/python3";

    /// <summary>The lines that a script prints of a file.</summary>
    /// <param name="script">Its name in Golden.</param>
    /// <param name="path">The file.</param>
    public static string[] Run(string script, string path)
    {
        Assert.SkipUnless(File.Exists(Python), $"{Python} is not here.");
        var start = new ProcessStartInfo(Python, [Path.Combine(AppContext.BaseDirectory, "Formats", "Golden", script), path]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.SkipWhen(error.Result.Contains("ModuleNotFoundError", StringComparison.Ordinal), $"{Python} lacks a module.");
        Assert.True(process.ExitCode == 0, error.Result);
        return output.TrimEnd().Split('\n');
    }
}
