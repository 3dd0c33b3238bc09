using Morula.Model;
using Morula.Volumes;

namespace Morula.Inference;

/// <summary>One row per cell of a label volume.</summary>
/// <param name="Rank">Number of axes.</param>
/// <param name="Rows">The cells, by label.</param>
public sealed record CellTable(int Rank, IReadOnlyList<CellRow> Rows)
{
    /// <summary>
    /// Measures every cell in one pass. Surfaces and contacts are estimated from crossings in 13 to 23 directions (4 to 6 in the plane), with
    /// weights fitted to the spacing: within 3 % on balls and ellipsoids of ten or more voxels across. A flat contact that follows a
    /// plane of the grid comes out up to 15 % too small, oblique ones within a few per cent. Axes before the last three are time:
    /// volumes, surfaces and contacts are then averages over frames.
    /// </summary>
    /// <param name="labels">Labels 1..n of n detections; labels that are absent get no row.</param>
    /// <param name="cells">Detection i belongs to label i + 1.</param>
    /// <param name="touching">The same cells where they touch, for their contacts; none takes <paramref name="labels"/>.</param>
    /// <exception cref="ArgumentException">A label has no detection.</exception>
    public static CellTable Measure(LabelVolume labels, Detections cells, LabelVolume? touching = null)
    {
        var census = new CellCensus(labels.Rank);
        census.Count(labels, touching ?? labels, labels.Extent.Whole, new int[labels.Rank]);
        int last = census.Tallies.Keys.LastOrDefault();
        if (last > cells.Count) throw new ArgumentException($"Label {last} has no detection; there are {cells.Count}.", nameof(labels));
        return Of(census, labels.Spacing, label => (cells.Scores[label - 1], cells.Classes[label - 1]));
    }

    /// <summary>The rows of what was counted.</summary>
    /// <param name="census">Of all voxels.</param>
    /// <param name="spacing">Step between voxels.</param>
    /// <param name="detection">Score and class of a label.</param>
    internal static CellTable Of(CellCensus census, Spacing spacing, Func<int, (float Score, int Class)> detection)
    {
        double voxel = 1;
        foreach (double step in spacing.Steps[SpatialAxes.First(spacing.Rank)..]) voxel *= step;
        Dictionary<int, double> surfaces = Surfaces(census);
        ILookup<int, CellContact> contacts = Contacts(census);
        return new CellTable(census.Rank, [.. census.Tallies.Select(entry =>
        {
            var (label, tally) = entry;
            var (score, kind) = detection(label);
            return new CellRow(
                label, score, kind, tally.Centre(spacing), tally.Voxels * voxel / tally.Frames, surfaces[label], tally.Box,
                [.. contacts[label].OrderBy(contact => contact.Label)]);
        })]);
    }

    private static Dictionary<int, double> Surfaces(CellCensus census)
    {
        var surfaces = census.Tallies.Keys.ToDictionary(label => label, _ => 0.0);
        foreach (var ((less, more), area) in census.Surfaces)
        {
            surfaces[more] += area / census.Tallies[more].Frames;
            if (less > 0) surfaces[less] += area / census.Tallies[less].Frames;
        }

        return surfaces;
    }

    private static ILookup<int, CellContact> Contacts(CellCensus census) => census.Contacts
        .Where(entry => census.Tallies.ContainsKey(entry.Key.Less) && census.Tallies.ContainsKey(entry.Key.More))
        .SelectMany(entry => new (int Label, int Other, double Area)[] { (entry.Key.Less, entry.Key.More, entry.Value), (entry.Key.More, entry.Key.Less, entry.Value) })
        .ToLookup(entry => entry.Label, entry => new CellContact(entry.Other, entry.Area / census.Tallies[entry.Label].Frames));
}
