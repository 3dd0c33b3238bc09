using Morula.Sharing;

namespace Morula.Cli;

/// <summary>What one process of several cannot get over ends all of them, in one line.</summary>
internal static class EndTogether
{
    private static readonly TimeSpan Precedence = TimeSpan.FromSeconds(2);

    /// <summary>Says what went wrong and ends all processes. What all meet, a wrong path for instance, the first one says, whereupon the others are gone.</summary>
    public static void With(Exception fault, IProcessGroup group, VerbContext context)
    {
        if (group.Index > 0) Thread.Sleep(Precedence);
        int code = ErrorBoundary.Report(fault, context.Error, context.Events);
        context.Error.Flush();
        group.Abort(code);
    }
}
