using Morula.Model;
using Morula.Volumes;

namespace Morula.Inference;

/// <summary>Makes one set of detections from those of overlapping tiles. The order of tiles does not matter.</summary>
public static class Stitching
{
    /// <summary>
    /// Replaces cut cells by whole ones where some tile sees them whole and joins their pieces where none does, keeps what lies at
    /// home, and of a cell found in several tiles keeps one detection.
    /// </summary>
    /// <remarks>
    /// Pieces are joined when two tiles each see more of the cell than the other: both detections end at a side of their tile, each
    /// reaches beyond the other's cut, and they agree where both tiles see; the tile in whose core the joined cell has its centre must
    /// have seen a piece. This is a best effort for cells larger than twice the
    /// halo: a joined mask has no more bins than any other. A detection at home has its centre in the core of its tile or within a
    /// margin of it. Duplicates are judged by mask overlap where both tiles see; whole cells win over pieces, those in the
    /// core of their tile over others, then the better score (the larger one among pieces). Detections of one tile never suppress
    /// each other here, and a cell stands for one of each tile at most.
    /// </remarks>
    /// <param name="tiles">Detections per tile, boxes in voxels of the image, masks of one extent.</param>
    /// <param name="image">Sizes of the image.</param>
    /// <param name="options">Margin and thresholds.</param>
    /// <exception cref="ArgumentException">No tile, or masks of different extents.</exception>
    public static Detections Merge(IReadOnlyCollection<TileDetections> tiles, Extent image, StitchingOptions options)
    {
        if (tiles.Count == 0) throw new ArgumentException("There is no tile to stitch.", nameof(tiles));
        Extent bins = tiles.First().Found.MaskExtent;
        if (tiles.Any(tile => tile.Found.MaskExtent != bins)) throw new ArgumentException("All tiles must have masks of one extent.", nameof(tiles));
        var candidates = tiles
            .SelectMany(tile => Enumerable.Range(0, tile.Found.Count)
                .Select(index => Candidate.Make(tile.Tile, tile.Found, index, image, options.CutVoxels)))
            .ToList();
        candidates.Sort(Candidate.Compare);
        candidates = ReplaceCut(candidates, image, options);
        candidates = JoinCut(candidates, options);
        candidates.RemoveAll(one => !one.IsAtHome(image, options.MarginVoxels));
        List<Candidate> kept = Suppress(candidates, image, options);
        kept.Sort(Candidate.Compare);
        return DetectionSelection.Concatenate([.. kept.Select(one => one.Detection)], bins);
    }

    /// <summary>Drops every piece of a cell that another tile sees whole. The whole inherits the home of its pieces.</summary>
    private static List<Candidate> ReplaceCut(List<Candidate> candidates, Extent image, StitchingOptions options)
    {
        var remaining = new List<Candidate>();
        Candidate[] wholes = [.. candidates.Where(one => !one.IsCut)];
        var isAtHome = new bool[wholes.Length];
        foreach (Candidate piece in candidates.Where(one => one.IsCut))
        {
            int whole = Array.FindIndex(wholes, one => IsSame(one, piece, options));
            if (whole < 0) remaining.Add(piece);
            else isAtHome[whole] |= piece.IsAtHome(image, options.MarginVoxels);
        }

        remaining.AddRange(wholes.Select((one, index) => one with { InheritsHome = isAtHome[index] }));
        remaining.Sort(Candidate.Compare);
        return remaining;
    }

    private static List<Candidate> JoinCut(List<Candidate> candidates, StitchingOptions options)
    {
        var pairs = new List<(int First, int Second, double Overlap)>();
        for (int first = 0; first < candidates.Count; first++)
        {
            if (!candidates[first].IsCut) continue;
            for (int second = first + 1; second < candidates.Count; second++)
            {
                if (!Complete(candidates[first], candidates[second])) continue;
                double overlap = Compare(candidates[first], candidates[second], options).Overlap;
                if (overlap >= options.SuppressionThreshold) pairs.Add((first, second, overlap));
            }
        }

        Candidate?[] groups = [.. candidates];
        int[] group = [.. Enumerable.Range(0, groups.Length)];
        foreach (var pair in pairs.OrderByDescending(pair => pair.Overlap))
        {
            var (one, other) = (group[pair.First], group[pair.Second]);
            if (one == other || groups[one]!.SharesTileWith(groups[other]!)) continue;
            groups[one] = JoinPair(groups[one]!, groups[other]!);
            groups[other] = null;
            for (int index = 0; index < group.Length; index++)
            {
                if (group[index] == other) group[index] = one;
            }
        }

        return [.. groups.OfType<Candidate>()];
    }

    private static bool Complete(Candidate first, Candidate second) =>
        second.IsCut && !first.SharesTileWith(second) && first.IsContinuedBy(second) && second.IsContinuedBy(first);

    private static Candidate JoinPair(Candidate first, Candidate second)
    {
        int[] lower = [.. Enumerable.Range(0, first.Rank).Select(axis => Math.Min(first.Seen.Lower[axis], second.Seen.Lower[axis]))];
        int[] upper = [.. Enumerable.Range(0, first.Rank).Select(axis => Math.Max(first.Seen.Upper[axis], second.Seen.Upper[axis]))];
        var cut = new bool[2 * first.Rank];
        for (int side = 0; side < cut.Length; side++)
        {
            double reach = first.Detection.Boxes[side] - second.Detection.Boxes[side];
            bool firstEnds = side < first.Rank ? reach <= 0 : reach >= 0;
            cut[side] = (firstEnds ? first : second).CutSides[side];
        }

        Detections joined = MaskLattice.Join([first.Detection, second.Detection]);
        return new Candidate(joined, [.. first.Tiles, .. second.Tiles], new Block(lower, upper), cut);
    }

    private static List<Candidate> Suppress(List<Candidate> candidates, Extent image, StitchingOptions options)
    {
        var kept = new List<(Candidate Cell, HashSet<Tile> StandsFor)>();
        // Sorting is stable, so the order by score and box remains among equals; the tile in whose core a cell lies sees most of what is around it, and
        // larger pieces know more than smaller ones.
        foreach (Candidate candidate in candidates.OrderBy(one => one.IsPiece).ThenByDescending(one => one.IsPiece ? one.BoxVolume : one.IsAtHome(image, 0) ? 1 : 0))
        {
            // A cell has one detection in each tile: two that a tile tells apart are not one for another tile's sake.
            var known = kept.Where(one => candidate.IsPiece || !candidate.Tiles.Any(one.StandsFor.Contains)).FirstOrDefault(one => IsSame(one.Cell, candidate, options));
            if (known.Cell is null) kept.Add((candidate, [.. candidate.Tiles]));
            else known.StandsFor.UnionWith(candidate.Tiles);
        }

        return [.. kept.Select(one => one.Cell)];
    }

    private static bool IsSame(Candidate known, Candidate candidate, StitchingOptions options)
    {
        if (known.SharesTileWith(candidate)) return false;
        var (overlap, covered) = Compare(known, candidate, options);
        // Of a piece it is enough to know that it lies inside: nobody knows how far it would have reached.
        return overlap >= options.SuppressionThreshold || (candidate.IsPiece && covered >= options.CoverThreshold);
    }

    private static (double Overlap, double Covered) Compare(Candidate first, Candidate second, StitchingOptions options)
    {
        Block shared = first.Seen.Intersect(second.Seen);
        // Boxes are quick to compare, and masks hardly agree twice as well as their boxes.
        return MaskLattice.BoxCover(first.Detection, second.Detection, shared) < options.SuppressionThreshold / 2
            ? (0, 0)
            : MaskLattice.Compare(first.Detection, second.Detection, shared);
    }
}
