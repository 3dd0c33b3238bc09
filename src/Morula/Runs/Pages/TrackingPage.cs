using Morula.Evaluation;
using Morula.Reports;

namespace Morula.Runs;

/// <summary>Scores of tracks on a page, and what is wrong with them frame by frame.</summary>
internal static class TrackingPage
{
    private const int MostFrames = 500;
    private const int MostErrors = 100;

    /// <summary>Adds them.</summary>
    /// <param name="page">Receives them.</param>
    /// <param name="scores">Of the tracks.</param>
    /// <param name="worst">Faults of each frame.</param>
    /// <param name="numbers">The frames.</param>
    public static void Add(Page page, TrackingScores scores, WorstCells worst, IReadOnlyList<int> numbers)
    {
        page.Section("Tracks").Paragraph($"Frames {scores.FirstFrame} to {scores.LastFrame}: {ReportNumber.Count(scores.Tracks.TrueTracks, "true track")} and {ReportNumber.Count(scores.Tracks.FoundTracks, "found track")}, "
            + $"{ReportNumber.Count(scores.Divisions.TrueDivisions, "true division")} and {ReportNumber.Count(scores.Divisions.FoundDivisions, "found division")}.");
        page.Table(["score", "value"], [.. scores.Rows.Select(row => (IReadOnlyList<string>)[row.Name, row.Text])]);
        AddFrames(page, scores, worst, numbers);
        AddErrors(page, scores.LinkErrors);
    }

    private static void AddFrames(Page page, TrackingScores scores, WorstCells worst, IReadOnlyList<int> numbers)
    {
        ILookup<int, LinkError> errors = scores.LinkErrors.ToLookup(error => error.LastFrame);
        LinkFault[] kinds = Enum.GetValues<LinkFault>();
        (int Frame, int[] Counts)[] rows = [.. numbers.Select((frame, index) => (frame, Counts(frame, index))).Where(row => row.Item2.Sum() > 0)];
        page.Section("Errors by frame");
        if (rows.Length == 0)
        {
            page.Paragraph("There is none.");
            return;
        }

        page.Paragraph("Cells and links that are not as they should be; a link counts in the frame of its later cell. Frames without an error are not listed.");
        page.Table(
            ["frame", .. FaultWords.All.Select(fault => $"{fault.ToString().ToLowerInvariant()} cells"), .. kinds.Select(kind => $"{kind.ToString().ToLowerInvariant()} links")],
            [.. rows.Take(MostFrames).Select(row => (IReadOnlyList<string>)[row.Frame.ToString(), .. row.Counts.Select(count => count == 0 ? string.Empty : ReportNumber.Count(count))])]);
        if (rows.Length > MostFrames) page.Paragraph($"{ReportNumber.Count(rows.Length - MostFrames, "more frame")} left out.");

        int[] Counts(int frame, int index) =>
            [.. FaultWords.All.Select(fault => worst.Faults[index].GetValueOrDefault(fault)), .. kinds.Select(kind => errors[frame].Count(error => error.Fault == kind))];
    }

    private static void AddErrors(Page page, IReadOnlyList<LinkError> errors)
    {
        if (errors.Count == 0) return;
        page.Section("Links that are wrong").Paragraph("Missing links are named by the true tracks, extra and wrong ones by the found tracks.");
        page.Table(["frames", "what", "tracks"], [.. errors.Take(MostErrors).Select(error => (IReadOnlyList<string>)[$"{error.FirstFrame} to {error.LastFrame}", What(error), error.IsParental ? $"{error.FromId} to her daughter {error.ToId}" : error.FromId.ToString()])]);
        if (errors.Count > MostErrors) page.Paragraph($"{ReportNumber.Count(errors.Count - MostErrors, "more link")} left out.");
    }

    private static string What(LinkError error) => error.Fault switch
    {
        LinkFault.Missing => error.IsParental ? "missing: mother to daughter" : "missing: within a track",
        LinkFault.Extra => error.IsParental ? "extra: mother to daughter" : "extra: within a track",
        _ => error.IsParental ? "found as a division where the cell goes on" : "found as one cell where it divides or is renamed",
    };
}
