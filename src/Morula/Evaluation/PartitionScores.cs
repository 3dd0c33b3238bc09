namespace Morula.Evaluation;

/// <summary>
/// Two labelings compared as partitions of the voxels of the truth cells. Voxels outside the truth cells are left out; predicted
/// background on a truth cell counts as one more segment, so unfound cells are merged with each other. The convention of
/// scikit-image with truth label 0 ignored.
/// </summary>
/// <param name="AdaptedRandError">
/// 1 - 2pr / (p + r) on pairs of voxels (Arganda-Carreras et al. 2015), in [0, 1], 0 best; null where neither side joins two voxels.
/// </param>
/// <param name="VoiSplit">H(prediction | truth) in bits (Meilă 2007): cells cut in parts. Null without truth cells.</param>
/// <param name="VoiMerge">H(truth | prediction) in bits: cells joined or not found. Null without truth cells.</param>
public sealed record PartitionScores(double? AdaptedRandError, double? VoiSplit, double? VoiMerge)
{
    /// <summary>All three of two label volumes.</summary>
    public static PartitionScores Of(Contingency table)
    {
        var (parts, segments) = Parts(table);
        double voxels = table.TruthSizes.Sum(size => (double)size);
        if (voxels == 0) return new PartitionScores(null, null, null);
        double pairs = parts.Sum(PairsWithin);
        double allPairs = table.TruthSizes.Sum(size => PairsWithin(size)) + segments.Sum(PairsWithin);
        double jointEntropy = Entropy(parts, voxels);
        return new PartitionScores(
            allPairs == 0 ? null : 1 - (2 * pairs / allPairs),
            Math.Max(0, jointEntropy - Entropy(table.TruthSizes.Select(size => (double)size), voxels)),
            Math.Max(0, jointEntropy - Entropy(segments, voxels)));
    }

    /// <summary>Sizes of the pieces of truth cells by segment, and of the segments inside the truth cells.</summary>
    private static (List<double> Parts, double[] Segments) Parts(Contingency table)
    {
        var parts = new List<double>();
        var segments = new double[table.PredictedCount + 1];
        var unfound = table.TruthSizes.ToArray();
        foreach (LabelOverlap overlap in table.Overlaps)
        {
            parts.Add(overlap.Voxels);
            segments[overlap.Predicted] += overlap.Voxels;
            unfound[overlap.Truth] -= overlap.Voxels;
        }

        parts.AddRange(unfound.Select(size => (double)size));
        segments[^1] = unfound.Sum();
        return (parts, segments);
    }

    private static double PairsWithin(long size) => PairsWithin((double)size);

    private static double PairsWithin(double size) => size * (size - 1);

    private static double Entropy(IEnumerable<double> sizes, double total) =>
        sizes.Where(size => size > 0).Sum(size => -(size / total) * Math.Log2(size / total));
}
