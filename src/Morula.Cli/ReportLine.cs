namespace Morula.Cli;

/// <summary>Tells where the page of a run lies, or why there is none.</summary>
internal static class ReportLine
{
    /// <summary>Tells it.</summary>
    /// <param name="context">Of the verb.</param>
    /// <param name="path">The page.</param>
    /// <param name="problem">Why there is no page; null where there is one.</param>
    /// <returns>The page; null where there is none.</returns>
    public static string? Told(VerbContext context, string path, string? problem)
    {
        if (problem is not null)
        {
            context.Warn(problem);
            return null;
        }

        context.Progress.Dispose();
        context.Progress.Say($"report: {path}");
        return path;
    }
}
