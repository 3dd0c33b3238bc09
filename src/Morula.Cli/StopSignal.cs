using System.Runtime.InteropServices;

namespace Morula.Cli;

/// <summary>Turns Ctrl-C, and the signal by which a cluster ends a job, into a request to stop; the second one ends the process at once.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly TextWriter error;
    private readonly PosixSignalRegistration[] registrations;

    public StopSignal(TextWriter error)
    {
        this.error = error;
        registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask)];
    }

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose();
        source.Dispose();
    }

    private void Ask(PosixSignalContext context)
    {
        if (source.IsCancellationRequested) return;
        context.Cancel = true;
        error.WriteLine();
        error.WriteLine("morula: stopping; once more ends it at once.");
        source.Cancel();
    }
}
