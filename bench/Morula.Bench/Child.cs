using System.Diagnostics;

namespace Morula.Bench;

/// <summary>A measurement in a process of its own, which answers with one line of JSON.</summary>
internal static class Child
{
    /// <summary>This program, with a verb that it starts itself with and what it is to measure.</summary>
    public static ProcessStartInfo Self(string verb, string setting)
    {
        string program = Environment.ProcessPath ?? throw new InvalidOperationException("The path of the program is unknown.");
        var start = new ProcessStartInfo(program);
        // Started as "dotnet Morula.Bench.dll", the process is dotnet.
        if (Path.GetFileNameWithoutExtension(program) == "dotnet") start.ArgumentList.Add(typeof(Child).Assembly.Location);
        start.ArgumentList.Add(verb);
        start.ArgumentList.Add(setting);
        return start;
    }

    /// <summary>Starts a child and waits for its last line of JSON.</summary>
    /// <param name="start">Program and arguments.</param>
    /// <param name="threads">Processor threads, of managed loops and native ones alike.</param>
    /// <param name="name">What is measured, for the error.</param>
    /// <exception cref="InvalidOperationException">The child failed; it has said why on the error stream.</exception>
    public static string Ask(ProcessStartInfo start, int threads, string name)
    {
        (start.RedirectStandardOutput, start.UseShellExecute) = (true, false);
        start.Environment["DOTNET_PROCESSOR_COUNT"] = threads.ToString("X");
        foreach (string library in (string[])["OMP", "MKL", "OPENBLAS"]) start.Environment[$"{library}_NUM_THREADS"] = threads.ToString();
        using Process child = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} could not be started.");
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        string? line = output.Split('\n').LastOrDefault(text => text.StartsWith('{'));
        return child.ExitCode == 0 && line is not null
            ? line
            : throw new InvalidOperationException($"{name} ended with exit code {child.ExitCode}.");
    }
}
