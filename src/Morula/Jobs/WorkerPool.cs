using System.Text.Json;
using Morula.Options;
using Morula.Streaming;

namespace Morula.Jobs;

/// <summary>Shares a prediction out among processes of this machine, stage by stage.</summary>
/// <param name="program">The executable.</param>
/// <param name="arguments">Its arguments before the path of the request; behind it come the stage and the share.</param>
public sealed class WorkerPool(string program, IReadOnlyList<string> arguments)
{
    private const string WarningPrefix = "morula: warning: ";

    /// <summary>Told of what processes warn of that did what they were asked.</summary>
    public IProgress<string>? Warnings { get; init; }

    /// <summary>Does a stage; when this returns, all of it is done.</summary>
    /// <param name="requestPath">File of a <see cref="PredictionRequest"/>.</param>
    /// <param name="stage">Whose earlier stages are done.</param>
    /// <param name="workers">Processes at once.</param>
    /// <param name="threads">Processor threads of each; 0: all.</param>
    /// <param name="progress">Told of the units that are done, of all processes together.</param>
    /// <param name="cancellation">Asks the processes to stop; what is done is kept.</param>
    /// <exception cref="OptionsException">A process refuses what it is asked, or was killed; the message is its own line.</exception>
    public void Run(string requestPath, PredictionStage stage, int workers, int threads, IProgress<UnitProgress>? progress, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var told = new UnitProgress[workers];
        var ends = new ChildEnd[workers];
        Thread[] threadsOfWorkers = [.. Enumerable.Range(0, workers).Select(index => new Thread(() => ends[index] = Start(index)))];
        foreach (Thread thread in threadsOfWorkers) thread.Start();
        foreach (Thread thread in threadsOfWorkers) thread.Join();
        cancellation.ThrowIfCancellationRequested();
        foreach (ChildEnd end in ends.Where(end => end.IsGood)) Warn(end);
        foreach (ChildEnd end in ends.OrderByDescending(end => end.Said.Length)) Answer(stage, end, cancellation);

        ChildEnd Start(int index)
        {
            string[] all = [.. arguments, requestPath, "--stage", stage.ToString().ToLowerInvariant(), "--share", $"{index}/{workers}", "--attended"];
            try
            {
                ChildEnd end = new ChildProcess(program, all).Run(threads, line => Tell(index, line), stop.Token);
                // What one could not do the others need not wait for.
                if (!end.IsGood) stop.Cancel();
                return end;
            }
            catch (OperationCanceledException)
            {
                return ChildEnd.Stopped;
            }
            catch (Exception fault) when (fault is InvalidOperationException or System.ComponentModel.Win32Exception or IOException or JsonException)
            {
                stop.Cancel();
                return new ChildEnd(1, fault.Message);
            }
        }

        void Tell(int index, string line)
        {
            if (!line.StartsWith('{')) return;
            lock (told)
            {
                told[index] = JsonSerializer.Deserialize<UnitProgress>(line);
                progress?.Report(new UnitProgress(told.Sum(one => one.Done), told.Sum(one => one.Total)));
            }
        }
    }

    private void Warn(ChildEnd end)
    {
        foreach (string line in end.Said.Split('\n').Where(line => line.StartsWith(WarningPrefix, StringComparison.Ordinal))) Warnings?.Report(line[WarningPrefix.Length..].Trim());
    }

    private static void Answer(PredictionStage stage, ChildEnd end, CancellationToken cancellation)
    {
        if (end.IsGood) return;
        if (end.IsStopped) throw new OperationCanceledException(cancellation);
        if (end.IsRefused) throw new OptionsException($"stage {stage}", end.Line);
        throw new OptionsException(
            $"stage {stage}",
            end.Said.Length == 0
                ? $"a process was ended with code {end.Code}, perhaps for want of memory; the same command with --resume goes on."
                : $"a process ended with code {end.Code} and said: {end.Line}");
    }
}
