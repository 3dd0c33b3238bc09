using Morula.Lineages;

namespace Morula.Tracking;

/// <summary>The true links of a movie, as the linker would see them.</summary>
/// <param name="Links">Of cells that go on into the next frame.</param>
/// <param name="Divisions">Of mothers with two daughters in the next frame.</param>
/// <param name="Appearances">Number of cells, none at the border, that come out of nothing.</param>
/// <param name="Disappearances">Number of cells, none at the border, that are gone in the next frame.</param>
/// <param name="Missing">Number of frames in which a cell is missing between two in which it is there.</param>
/// <param name="Cells">Number of cells, summed over frames.</param>
internal sealed record LinkExamples(
    IReadOnlyList<LinkFeatures> Links, IReadOnlyList<DivisionFeatures> Divisions, int Appearances, int Disappearances, int Missing, int Cells)
{
    /// <summary>Collects them.</summary>
    /// <param name="movie">Cells whose labels are ids of the lineage.</param>
    /// <param name="lineage">The tracks.</param>
    public static LinkExamples Of(MovieCells movie, Lineage lineage)
    {
        var links = new List<LinkFeatures>();
        var divisions = new List<DivisionFeatures>();
        for (int frame = 1; frame < movie.Frames.Count; frame++)
        {
            var pair = new CellComparison(movie, frame - 1, frame);
            var after = Enumerable.Range(0, pair.After.Count).ToDictionary(place => pair.After[place].Label);
            for (int cell = 0; cell < pair.Before.Count; cell++)
            {
                int label = pair.Before[cell].Label;
                int[] daughters = [.. lineage.DaughtersOf(label).Where(one => after.ContainsKey(one.Id)).Select(one => after[one.Id])];
                if (after.TryGetValue(label, out int same)) links.Add(pair.Link(cell, same));
                else if (daughters.Length == 1) links.Add(pair.Link(cell, daughters[0]));
                else if (daughters.Length == 2) divisions.Add(pair.Division(cell, daughters[0], daughters[1]));
            }
        }

        return new LinkExamples(
            links, divisions, Ends(movie, lineage, back: true), Ends(movie, lineage, back: false), Gaps(movie, lineage), movie.Frames.Sum(frame => frame.Cells.Count));
    }

    // Tracks that begin without mother behind the first frame, or end without daughter before the last, away from the border.
    private static int Ends(MovieCells movie, Lineage lineage, bool back)
    {
        var (first, last) = (movie.Frames[0].Number, movie.Frames[^1].Number);
        return lineage.Tracks.Count(track => back
            ? track.FirstFrame > first && track.ParentId == 0 && IsInside(track.Id, track.FirstFrame)
            : track.LastFrame < last && !lineage.DaughtersOf(track.Id).Any() && IsInside(track.Id, track.LastFrame));

        bool IsInside(int id, int number) => movie.Frames[number - first].Cells.FirstOrDefault(cell => cell.Label == id) is { AtBorder: false };
    }

    private static int Gaps(MovieCells movie, Lineage lineage)
    {
        var seen = movie.Frames.SelectMany(frame => frame.Cells).CountBy(cell => cell.Label).ToDictionary();
        return lineage.Tracks.Where(track => seen.ContainsKey(track.Id)).Sum(track => Math.Max(0, track.Length - seen[track.Id]));
    }
}
