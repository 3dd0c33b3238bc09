namespace Morula.Cli;

/// <summary>The end of standard input asks a process to stop that another has started.</summary>
internal static class InputEnd
{
    /// <summary>A source that is cancelled with the context, or when the input ends: when the other asks for it, and when it is no more.</summary>
    public static CancellationTokenSource Stops(VerbContext context)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(context.Stop);
        new Thread(() => Await(stop)) { IsBackground = true }.Start();
        return stop;
    }

    private static void Await(CancellationTokenSource stop)
    {
        using Stream input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
        }

        try
        {
            stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It was done just then.
        }
    }
}
