using Morula.Volumes;

namespace Morula.Inference;

/// <summary>Sets cells apart, as annotations do that leave the membrane itself unlabelled.</summary>
public static class CellGap
{
    /// <summary>
    /// Clears every voxel whose centre lies within a distance of the centre of a voxel of another cell or of background. Returns a new
    /// volume unless the distance is shorter than every step between voxels.
    /// </summary>
    /// <param name="labels">Cells, usually touching.</param>
    /// <param name="micrometres">Distance in µm, at least 0.</param>
    public static LabelVolume Cut(LabelVolume labels, double micrometres)
    {
        int[][] steps = Ball(labels.Spacing, micrometres);
        if (steps.Length == 0) return labels;
        long[] strides = labels.Extent.Strides();
        long[] offsets = [.. steps.Select(step => step.Zip(strides, (part, stride) => part * stride).Sum())];
        var cleared = new int[labels.Voxels.Length];
        int row = labels.Extent[labels.Rank - 1];
        Parallel.For(0, cleared.Length / row, line =>
        {
            var position = new int[labels.Rank];
            for (int column = 0; column < row; column++)
            {
                int voxel = (line * row) + column;
                if (labels.Voxels[voxel] == 0) continue;
                Locate(voxel, strides, position);
                if (!MeetsOther(labels, voxel, position, steps, offsets)) cleared[voxel] = labels.Voxels[voxel];
            }
        });
        return new LabelVolume(labels.Extent, labels.Spacing, cleared);
    }

    private static bool MeetsOther(LabelVolume labels, int voxel, int[] position, int[][] steps, long[] offsets)
    {
        int label = labels.Voxels[voxel];
        for (int index = 0; index < steps.Length; index++)
        {
            bool inside = true;
            for (int axis = 0; axis < position.Length && inside; axis++)
                inside = (uint)(position[axis] + steps[index][axis]) < (uint)labels.Extent[axis];
            if (!inside) continue;
            if (labels.Voxels[voxel + offsets[index]] != label) return true;
        }

        return false;
    }

    private static void Locate(int voxel, long[] strides, int[] position)
    {
        long rest = voxel;
        for (int axis = 0; axis < position.Length; axis++) (position[axis], rest) = ((int)(rest / strides[axis]), rest % strides[axis]);
    }

    /// <summary>Steps within the distance, nearest first; none in time, and not the step that stays.</summary>
    private static int[][] Ball(Spacing spacing, double micrometres)
    {
        int first = SpatialAxes.First(spacing.Rank);
        int[] reach = [.. Enumerable.Range(0, spacing.Rank).Select(axis => axis < first ? 0 : (int)(micrometres / spacing[axis]))];
        var block = new Extent([.. reach.Select(most => (2 * most) + 1)]);
        long[] strides = block.Strides();
        return [.. Enumerable.Range(0, (int)block.Count)
            .Select(place => reach.Select((most, axis) => (int)(place / strides[axis] % block[axis]) - most).ToArray())
            .Select(step => (Step: step, Length: step.Select((part, axis) => part * part * spacing[axis] * spacing[axis]).Sum()))
            .Where(step => step.Length > 0 && step.Length <= micrometres * micrometres)
            .OrderBy(step => step.Length)
            .Select(step => step.Step)];
    }
}
