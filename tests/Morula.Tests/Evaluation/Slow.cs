using Morula.Volumes;

namespace Morula.Tests.Evaluation;

/// <summary>The scores by their definitions: masks voxel by voxel, pairs by trying all.</summary>
internal static class Slow
{
    public static int[] Names(LabelVolume labels) => [.. labels.Voxels.Where(label => label != 0).Distinct().Order()];

    public static int[] Place(Extent extent, int index)
    {
        var place = new int[extent.Rank];
        for (int axis = extent.Rank - 1; axis >= 0; axis--)
        {
            place[axis] = index % extent[axis];
            index /= extent[axis];
        }

        return place;
    }

    public static int Size(LabelVolume labels, int label) => labels.Voxels.Count(voxel => voxel == label);

    public static int Shared(LabelVolume truth, LabelVolume prediction, int r, int s) =>
        truth.Voxels.Zip(prediction.Voxels).Count(pair => pair.First == r && pair.Second == s);

    public static double[,] Iou(LabelVolume truth, LabelVolume prediction)
    {
        int[] rows = Names(truth);
        int[] columns = Names(prediction);
        var iou = new double[rows.Length, columns.Length];
        for (int r = 0; r < rows.Length; r++)
        {
            for (int s = 0; s < columns.Length; s++)
            {
                double either = truth.Voxels.Zip(prediction.Voxels).Count(pair => pair.First == rows[r] || pair.Second == columns[s]);
                iou[r, s] = Shared(truth, prediction, rows[r], columns[s]) / either;
            }
        }

        return iou;
    }

    /// <summary>The best of all one-to-one choices: most pairs, then largest sum. Sorted pairs of one best choice.</summary>
    public static (int Pairs, double Sum, List<(int Row, int Column)> Chosen) Assign(double[,] iou, double threshold)
    {
        (int Pairs, double Sum, List<(int, int)> Chosen) best = (0, 0, []);
        Try(0, 0, 0, [], new bool[iou.GetLength(1)]);
        return best;

        void Try(int row, int pairs, double sum, List<(int, int)> chosen, bool[] used)
        {
            if (row == iou.GetLength(0))
            {
                if (pairs > best.Pairs || (pairs == best.Pairs && sum > best.Sum)) best = (pairs, sum, [.. chosen]);
                return;
            }

            Try(row + 1, pairs, sum, chosen, used);
            for (int column = 0; column < used.Length; column++)
            {
                if (used[column] || !(iou[row, column] >= threshold)) continue;
                used[column] = true;
                chosen.Add((row, column));
                Try(row + 1, pairs + 1, sum + iou[row, column], chosen, used);
                chosen.RemoveAt(chosen.Count - 1);
                used[column] = false;
            }
        }
    }

    /// <summary>Adapted Rand error by visiting every pair of voxels.</summary>
    public static double? AdaptedRandError(LabelVolume truth, LabelVolume prediction)
    {
        int[] inside = [.. Enumerable.Range(0, truth.Voxels.Length).Where(index => truth.Voxels[index] != 0)];
        double both = 0;
        double inTruth = 0;
        double inPrediction = 0;
        foreach (int one in inside)
        {
            foreach (int other in inside.Where(other => other != one))
            {
                bool first = truth.Voxels[one] == truth.Voxels[other];
                bool second = prediction.Voxels[one] == prediction.Voxels[other];
                if (first && second) both++;
                if (first) inTruth++;
                if (second) inPrediction++;
            }
        }

        if (inTruth + inPrediction == 0) return null;
        if (both == 0) return 1;
        double precision = both / inPrediction;
        double recall = both / inTruth;
        return 1 - (2 * precision * recall / (precision + recall));
    }

    /// <summary>H(of | given) in bits over the voxels of truth cells, voxel by voxel.</summary>
    public static double? ConditionalEntropy(LabelVolume of, LabelVolume given, LabelVolume truth)
    {
        int[] inside = [.. Enumerable.Range(0, truth.Voxels.Length).Where(index => truth.Voxels[index] != 0)];
        if (inside.Length == 0) return null;
        return inside.Average(voxel =>
        {
            double same = inside.Count(other => given.Voxels[other] == given.Voxels[voxel]);
            double both = inside.Count(other => given.Voxels[other] == given.Voxels[voxel] && of.Voxels[other] == of.Voxels[voxel]);
            return -Math.Log2(both / same);
        });
    }

    /// <summary>Pairs of labels that touch after growth, with the number of shared faces.</summary>
    public static Dictionary<(int, int), long> Contacts(LabelVolume labels, int gap)
    {
        int[] voxels = labels.Voxels;
        for (int step = 0; step < gap; step++)
        {
            int[] source = voxels;
            voxels = [.. source.Select((label, index) =>
                label != 0 ? label : Around(labels.Extent, index).Select(other => source[other]).Where(other => other != 0).DefaultIfEmpty(0).Min())];
        }

        var faces = new Dictionary<(int, int), long>();
        for (int index = 0; index < voxels.Length; index++)
        {
            foreach (int other in Around(labels.Extent, index))
            {
                if (voxels[index] == 0 || voxels[index] >= voxels[other] || voxels[other] == 0) continue;
                var key = (voxels[index], voxels[other]);
                faces[key] = faces.GetValueOrDefault(key) + 1;
            }
        }

        return faces;
    }

    private static IEnumerable<int> Around(Extent extent, int index)
    {
        int[] place = Place(extent, index);
        return Enumerable.Range(0, (int)extent.Count).Where(other =>
        {
            int[] there = Place(extent, other);
            return place.Zip(there).Sum(pair => Math.Abs(pair.First - pair.Second)) == 1 && (extent.Rank < 4 || there[0] == place[0]);
        });
    }
}
