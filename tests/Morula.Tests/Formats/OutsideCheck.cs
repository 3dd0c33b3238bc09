using System.Diagnostics;
using Xunit;

namespace Morula.Tests.Formats;

/// <summary>Golden/check_movie.py, which shares no line with this program, where Debian's Python has what it needs.</summary>
internal static class OutsideCheck
{
    private const string Python = "/usr/bin/python3";

    /// <summary>What the script says of a folder; it fails on whatever is not as the layout demands.</summary>
    /// <param name="layout">ctc, astec, morphonet or trackmate.</param>
    /// <param name="folder">What was written.</param>
    public static string Run(string layout, string folder)
    {
        Assert.SkipUnless(File.Exists(Python), $"{Python} is not here.");
        string script = Path.Combine(AppContext.BaseDirectory, "Formats", "Golden", "check_movie.py");
        var start = new ProcessStartInfo(Python, [script, layout, folder]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.SkipWhen(error.Result.Contains("ModuleNotFoundError", StringComparison.Ordinal), $"{Python} lacks a module.");
        Assert.True(process.ExitCode == 0, error.Result);
        return output.Trim();
    }
}
