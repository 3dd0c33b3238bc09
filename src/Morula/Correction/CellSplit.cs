using Morula.Inference;
using Morula.Volumes;

namespace Morula.Correction;

/// <summary>Splits a cell by a watershed within it from two points.</summary>
public static class CellSplit
{
    /// <summary>The voxels that the flood from the second point reaches before that from the first.</summary>
    /// <param name="labels">Labels Z Y X around the cell.</param>
    /// <param name="label">The cell.</param>
    /// <param name="seed">First point: index of a voxel of the cell.</param>
    /// <param name="otherSeed">Second point: another voxel of the cell.</param>
    /// <param name="image">The image on the grid of the labels, where the flood follows it; null where it follows the shape.</param>
    /// <returns>Whether a voxel belongs to the second part, last axis fastest. Parts of the cell that touch neither point stay with the first.</returns>
    /// <exception cref="EditException">A point lies outside the cell, or both are one.</exception>
    public static bool[] Apply(LabelVolume labels, int label, int seed, int otherSeed, Volume? image = null)
    {
        if (labels.Voxels[seed] != label || labels.Voxels[otherSeed] != label) throw new EditException($"both points must lie within cell {label}.");
        if (seed == otherSeed) throw new EditException("the two points are one voxel; choose points farther apart.");
        int[] flooded = Array.ConvertAll(labels.Voxels, voxel => voxel == label ? PriorityFlood.Open : 0);
        (flooded[seed], flooded[otherSeed]) = (1, 2);
        PriorityFlood.Fill(flooded, image is null ? OfShape(labels, label) : OfImage(labels, label, image), labels.Extent);
        return Array.ConvertAll(flooded, part => part == 2);
    }

    // The deeper in the cell, the lower: floods meet where it is narrow.
    private static ushort[] OfShape(LabelVolume labels, int label)
    {
        float[] depth = DistanceTransform.Squared(labels.Extent, labels.Spacing, (start, marks) =>
        {
            for (int index = 0; index < marks.Length; index++) marks[index] = labels.Voxels[start + index] != label;
        });
        return Levels(labels, label, voxel => -MathF.Sqrt(Math.Min(depth[voxel], float.MaxValue)));
    }

    private static ushort[] OfImage(LabelVolume labels, int label, Volume image)
    {
        if (image.Extent != labels.Extent) throw new ArgumentException($"The image is {image.Extent} but the labels are {labels.Extent}.", nameof(image));
        return Levels(labels, label, voxel => image.Voxels[voxel]);
    }

    private static ushort[] Levels(LabelVolume labels, int label, Func<int, float> height)
    {
        var (least, most) = (float.PositiveInfinity, float.NegativeInfinity);
        for (int voxel = 0; voxel < labels.Voxels.Length; voxel++)
        {
            if (labels.Voxels[voxel] == label) (least, most) = (Math.Min(least, height(voxel)), Math.Max(most, height(voxel)));
        }

        var levels = new ushort[labels.Voxels.Length];
        float scale = most > least ? (PriorityFlood.Levels - 1) / (most - least) : 0;
        for (int voxel = 0; voxel < levels.Length; voxel++)
        {
            if (labels.Voxels[voxel] == label) levels[voxel] = (ushort)((height(voxel) - least) * scale);
        }

        return levels;
    }
}
