using Morula.Runs;

namespace Morula.Cli;

/// <summary>Tells where the page of a prediction lies, or why there is none.</summary>
internal static class ReportLine
{
    /// <summary>Tells it.</summary>
    /// <param name="context">Of the verb.</param>
    /// <param name="folder">Of the results.</param>
    /// <param name="problem">Why there is no page; null where there is one.</param>
    /// <returns>The page; null where there is none.</returns>
    public static string? Told(VerbContext context, string folder, string? problem)
    {
        if (problem is not null)
        {
            context.Warn(problem);
            return null;
        }

        string path = Path.Combine(folder, PredictionReport.FileName);
        context.Progress.Dispose();
        context.Progress.Say($"report: {path}");
        return path;
    }
}
