using System.Diagnostics;

namespace Morula.Bench.Viewer;

/// <summary>The built command as a viewer, in a process of its own.</summary>
internal static class ViewerServer
{
    /// <summary>Starts <c>morula view</c>; its first line of output is the address.</summary>
    /// <param name="result">What is shown.</param>
    public static Process Start(string result)
    {
        string program = Repository.File("src", "Morula.Cli", "bin", "Release", "net10.0", "Morula.Cli");
        var start = new ProcessStartInfo(program, ["view", result, "--no-browser", "-q"]) { RedirectStandardOutput = true, UseShellExecute = false };
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start; build src/Morula.Cli in Release.");
    }
}
