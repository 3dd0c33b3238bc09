using Morula.Volumes;

namespace Morula.Tests.Synthesis;

/// <summary>Counts pieces and contacts of labels by definition.</summary>
internal static class Pieces
{
    /// <summary>Number of pieces joined through faces, per label.</summary>
    public static Dictionary<int, int> Count(LabelVolume labels)
    {
        var counts = new Dictionary<int, int>();
        var seen = new bool[labels.Voxels.Length];
        for (int seed = 0; seed < seen.Length; seed++)
        {
            int label = labels.Voxels[seed];
            if (label == 0 || seen[seed]) continue;
            counts[label] = counts.GetValueOrDefault(label) + 1;
            var open = new Stack<int>([seed]);
            seen[seed] = true;
            while (open.TryPop(out int voxel))
            {
                foreach (int other in Neighbours(labels.Extent, voxel))
                {
                    if (seen[other] || labels.Voxels[other] != label) continue;
                    seen[other] = true;
                    open.Push(other);
                }
            }
        }

        return counts;
    }

    /// <summary>Pairs of different labels above 0 that share a face of a voxel.</summary>
    public static HashSet<(int Low, int High)> Contacts(LabelVolume labels)
    {
        var contacts = new HashSet<(int, int)>();
        for (int voxel = 0; voxel < labels.Voxels.Length; voxel++)
        {
            foreach (int other in Neighbours(labels.Extent, voxel))
            {
                int low = labels.Voxels[voxel];
                int high = labels.Voxels[other];
                if (low > 0 && low < high) contacts.Add((low, high));
            }
        }

        return contacts;
    }

    public static IEnumerable<int> Neighbours(Extent extent, int voxel)
    {
        long[] strides = extent.Strides();
        for (int axis = 0; axis < extent.Rank; axis++)
        {
            long place = voxel / strides[axis] % extent[axis];
            if (place > 0) yield return voxel - (int)strides[axis];
            if (place < extent[axis] - 1) yield return voxel + (int)strides[axis];
        }
    }
}
