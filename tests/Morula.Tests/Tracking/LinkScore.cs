using Morula.Lineages;
using Morula.Tracking;

namespace Morula.Tests.Tracking;

/// <summary>Links found, right and true, counted cell by cell.</summary>
internal sealed record LinkScore(int TrueLinks, int RightLinks, int FoundLinks, int TrueDivisions, int RightDivisions, int FoundDivisions, int Cells)
{
    /// <summary>Share of the true links that were found.</summary>
    public double LinksFound => (double)RightLinks / TrueLinks;

    /// <summary>TRA of the cell tracking challenge, where no cell is missing or too many and kinds of links are not told apart.</summary>
    public double Tra => 1 - (((1.5 * (TrueLinks - RightLinks)) + FoundLinks - RightLinks) / ((10.0 * Cells) + (1.5 * TrueLinks)));

    public static LinkScore Of(ShuffledMovie movie, TrackedCells found)
    {
        var (truth, links) = Both(movie, found);
        var right = links.Intersect(truth).ToHashSet();
        var (trueDivisions, foundDivisions) = (Divisions(truth), Divisions(links));
        return new LinkScore(
            truth.Count, right.Count, links.Count, trueDivisions.Count, trueDivisions.Intersect(foundDivisions).Count(), foundDivisions.Count, movie.TrueLabels.Sum(frame => frame.Count));
    }

    public override string ToString() =>
        $"links {RightLinks} right of {TrueLinks} true, {FoundLinks} found; divisions {RightDivisions} right of {TrueDivisions} true, {FoundDivisions} found; TRA {Tra:0.00000}";

    /// <summary>True links that were not found and found ones that are not true, frame and label of both ends.</summary>
    public static IEnumerable<string> Wrong(ShuffledMovie movie, TrackedCells found)
    {
        var (truth, links) = Both(movie, found);
        return [.. truth.Except(links).Select(link => $"missed {link.From} -> {link.To}"), .. links.Except(truth).Select(link => $"false {link.From} -> {link.To}")];
    }

    private static (HashSet<((int, int) From, (int, int) To)> Truth, HashSet<((int, int) From, (int, int) To)> Found) Both(ShuffledMovie movie, TrackedCells found) =>
    (
        Links(movie.Numbers, movie.TrueLabels.Select(frame => frame.Values.ToDictionary(label => label)), movie.Lineage),
        Links(
            movie.Numbers, found.Ids.Select((frame, index) => frame.Where(pair => pair.Value != 0).ToDictionary(pair => movie.TrueLabels[index][pair.Key], pair => pair.Value)), found.Lineage));

    // From a cell to the same one or to a daughter, both as frame and true label.
    private static HashSet<((int, int) From, (int, int) To)> Links(IReadOnlyList<int> numbers, IEnumerable<IReadOnlyDictionary<int, int>> idOfLabel, Lineage lineage)
    {
        var links = new HashSet<((int, int), (int, int))>();
        var last = new Dictionary<int, (int, int)>();
        foreach (var (frame, ids) in numbers.Zip(idOfLabel))
        {
            foreach (var (label, id) in ids.OrderBy(pair => pair.Key))
            {
                int from = last.ContainsKey(id) ? id : lineage.Contains(id) ? lineage[id].ParentId : 0;
                if (last.TryGetValue(from, out var before)) links.Add((before, (frame, label)));
            }

            foreach (var (label, id) in ids) last[id] = (frame, label);
        }

        return links;
    }

    private static HashSet<string> Divisions(HashSet<((int, int) From, (int, int) To)> links) =>
        [.. links.GroupBy(link => link.From).Where(group => group.Count() > 1).Select(group => $"{group.Key} {string.Join(' ', group.Select(link => link.To).Order())}")];
}
