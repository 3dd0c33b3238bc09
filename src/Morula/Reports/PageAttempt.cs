using Morula.Formats;

namespace Morula.Reports;

/// <summary>Makes a page behind results that are already there: what hinders it is told and hinders nothing else.</summary>
public static class PageAttempt
{
    /// <summary>Writes a page.</summary>
    /// <param name="path">The page.</param>
    /// <param name="write">Makes and saves it.</param>
    /// <returns>A line that says why there is none; null where there is one.</returns>
    /// <exception cref="OperationCanceledException">The user asked to stop.</exception>
    public static string? Make(string path, Action write)
    {
        try
        {
            write();
            return null;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            string reason = DiskFull.Is(fault) ? $"the disk is full: {fault.Message}" : fault.Message;
            return $"{path}: the page could not be written ({reason}); all other results are there.";
        }
    }
}
