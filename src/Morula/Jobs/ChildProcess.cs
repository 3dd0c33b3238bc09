using System.Diagnostics;
using System.Globalization;

namespace Morula.Jobs;

/// <summary>
/// A program that is started for a part of the work. It writes its progress line by line; the end of its standard input asks it to stop, so
/// that it also stops where this process is killed.
/// </summary>
/// <param name="program">The executable.</param>
/// <param name="arguments">Its arguments.</param>
internal sealed class ChildProcess(string program, IEnumerable<string> arguments)
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="threads">Processor threads that it may use; 0: all.</param>
    /// <param name="read">Told every line of its output.</param>
    /// <param name="cancellation">Asks it to stop.</param>
    /// <returns>How it ended.</returns>
    public ChildEnd Run(int threads, Action<string> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using Process child = Process.Start(Describe(threads)) ?? throw new InvalidOperationException($"{program} could not be started.");
        Task<string> said = child.StandardError.ReadToEndAsync(CancellationToken.None);
        using (cancellation.Register(child.StandardInput.Close))
        {
            while (child.StandardOutput.ReadLine() is { } line) read(line);
            child.WaitForExit();
        }

        return new ChildEnd(child.ExitCode, said.GetAwaiter().GetResult().Trim());
    }

    private ProcessStartInfo Describe(int threads)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        if (threads == 0) return start;
        // Managed loops and native ones share the same number of threads.
        start.Environment["DOTNET_PROCESSOR_COUNT"] = threads.ToString("X", CultureInfo.InvariantCulture);
        start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        start.Environment["MKL_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        return start;
    }
}
