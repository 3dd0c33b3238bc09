using System.Text.Json;
using Morula.Jobs;
using Morula.Options;

namespace Morula.Comparison;

/// <summary>
/// Starts a program for every request. Its standard output is one JSON object a line, <see cref="MemberProgress"/>; the end of its
/// standard input asks it to stop, so that it also stops where this process is killed.
/// </summary>
/// <param name="program">The executable.</param>
/// <param name="arguments">Its arguments before the path of the request.</param>
public sealed class ProcessLauncher(string program, IReadOnlyList<string> arguments)
{
    /// <summary>As <see cref="MemberLauncher"/>.</summary>
    /// <exception cref="OptionsException">The program refuses what it is asked, or was killed; the message is its own line.</exception>
    /// <exception cref="InvalidOperationException">The program failed; the message holds what it said.</exception>
    public void Launch(string requestPath, int threads, IProgress<MemberProgress> progress, CancellationToken cancellation)
    {
        ChildEnd end = new ChildProcess(program, [.. arguments, requestPath]).Run(threads, line =>
        {
            if (line.StartsWith('{') && JsonSerializer.Deserialize<MemberProgress>(line) is { } value) progress.Report(value);
        }, cancellation);
        Answer(requestPath, end, cancellation);
    }

    private static void Answer(string requestPath, ChildEnd end, CancellationToken cancellation)
    {
        if (end.IsGood) return;
        if (end.IsStopped) throw new OperationCanceledException(cancellation);
        string name = MemberRequest.Read(requestPath).Name;
        if (end.IsRefused) throw new OptionsException(name, end.Line);
        // A process that was killed could not say why.
        if (end.Said.Length == 0) throw new OptionsException(name, $"its process was ended with code {end.Code}, perhaps for want of memory; the same command goes on.");
        throw new InvalidOperationException($"{name}: its process ended with code {end.Code} and said: {end.Said}");
    }
}
