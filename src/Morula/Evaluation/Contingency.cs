using Morula.Volumes;

namespace Morula.Evaluation;

/// <summary>
/// The table all overlap metrics are made of: how many voxels each truth cell shares with each predicted cell.
/// Label 0 is background; every other label, negative ones included, is one cell, in one piece or not.
/// </summary>
public sealed class Contingency
{
    private Contingency(long voxelCount, int[] truthLabels, long[] truthSizes, int[] predictedLabels, long[] predictedSizes, LabelOverlap[] overlaps)
    {
        VoxelCount = voxelCount;
        TruthLabels = truthLabels;
        TruthSizes = truthSizes;
        PredictedLabels = predictedLabels;
        PredictedSizes = predictedSizes;
        Overlaps = overlaps;
    }

    /// <summary>Number of voxels of the image.</summary>
    public long VoxelCount { get; }

    /// <summary>Labels of the truth cells, ascending.</summary>
    public IReadOnlyList<int> TruthLabels { get; }

    /// <summary>Voxels of each truth cell, in the order of <see cref="TruthLabels"/>.</summary>
    public IReadOnlyList<long> TruthSizes { get; }

    /// <summary>Labels of the predicted cells, ascending.</summary>
    public IReadOnlyList<int> PredictedLabels { get; }

    /// <summary>Voxels of each predicted cell, in the order of <see cref="PredictedLabels"/>.</summary>
    public IReadOnlyList<long> PredictedSizes { get; }

    /// <summary>All pairs of cells that share a voxel, by truth cell, then by predicted cell.</summary>
    public IReadOnlyList<LabelOverlap> Overlaps { get; }

    /// <summary>Number of truth cells.</summary>
    public int TruthCount => TruthLabels.Count;

    /// <summary>Number of predicted cells.</summary>
    public int PredictedCount => PredictedLabels.Count;

    /// <summary>Of every predicted cell, by label, the largest overlap (IoU) with a true cell, in [0, 1].</summary>
    public IReadOnlyDictionary<int, double> BestOverlaps()
    {
        var best = PredictedLabels.ToDictionary(label => label, _ => 0.0);
        foreach (LabelOverlap overlap in Overlaps)
        {
            int label = PredictedLabels[overlap.Predicted];
            best[label] = Math.Max(best[label], overlap.Iou);
        }

        return best;
    }

    /// <summary>Counts the pairs of labels in one pass over two label volumes of any rank.</summary>
    /// <exception cref="ArgumentException">The volumes differ in extent.</exception>
    public static Contingency Count(LabelVolume truth, LabelVolume prediction)
    {
        if (truth.Extent != prediction.Extent)
            throw new ArgumentException($"The prediction is {prediction.Extent} voxels but the truth is {truth.Extent}.", nameof(prediction));
        Dictionary<(int Truth, int Predicted), long> pairs = LabelPairs.Count(truth.Voxels, prediction.Voxels);
        var (truthLabels, truthSizes) = Sizes(pairs, pair => pair.Truth);
        var (predictedLabels, predictedSizes) = Sizes(pairs, pair => pair.Predicted);
        var overlaps = new List<LabelOverlap>();
        foreach (var ((truthLabel, predictedLabel), voxels) in pairs)
        {
            if (truthLabel == 0 || predictedLabel == 0) continue;
            int row = Array.BinarySearch(truthLabels, truthLabel);
            int column = Array.BinarySearch(predictedLabels, predictedLabel);
            double either = truthSizes[row] + predictedSizes[column] - voxels;
            overlaps.Add(new LabelOverlap(row, column, voxels, voxels / either));
        }

        LabelOverlap[] sorted = [.. overlaps.OrderBy(overlap => overlap.Truth).ThenBy(overlap => overlap.Predicted)];
        return new Contingency(truth.Voxels.LongLength, truthLabels, truthSizes, predictedLabels, predictedSizes, sorted);
    }

    /// <summary>Whether the predicted cell of an overlap holds more than half of the truth cell (Cell Tracking Challenge).</summary>
    internal bool IsHeld(LabelOverlap overlap) => 2 * overlap.Voxels > TruthSizes[overlap.Truth];

    /// <summary>Whether more than half of the predicted cell of an overlap lies in the truth cell.</summary>
    internal bool Lies(LabelOverlap overlap) => 2 * overlap.Voxels > PredictedSizes[overlap.Predicted];

    private static (int[] Labels, long[] Sizes) Sizes(
        Dictionary<(int Truth, int Predicted), long> pairs, Func<(int Truth, int Predicted), int> labelOf)
    {
        var sizes = new SortedDictionary<int, long>();
        foreach (var (pair, voxels) in pairs)
        {
            int label = labelOf(pair);
            if (label != 0) sizes[label] = sizes.GetValueOrDefault(label) + voxels;
        }

        return ([.. sizes.Keys], [.. sizes.Values]);
    }
}
