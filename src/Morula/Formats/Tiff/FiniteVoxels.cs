using Morula.Volumes;

namespace Morula.Formats;

/// <summary>Refuses images that hold NaN or infinity: one such voxel would spread through every convolution.</summary>
internal static class FiniteVoxels
{
    public static void Require(string path, Extent extent, float[] voxels)
    {
        long count = 0;
        long first = -1;
        for (long index = 0; index < voxels.LongLength; index++)
        {
            if (float.IsFinite(voxels[index])) continue;
            if (count++ == 0) first = index;
        }

        if (count > 0)
            throw new VolumeFormatException(path, $"{count} voxels are not finite numbers, the first ({voxels[first]}) at {Position(extent, first)}; replace them.");
    }

    private static string Position(Extent extent, long index)
    {
        var parts = new string[extent.Rank];
        for (int axis = extent.Rank - 1; axis >= 0; axis--)
        {
            parts[axis] = $"{(Axis)(axis + 4 - extent.Rank)} {index % extent[axis]}";
            index /= extent[axis];
        }

        return string.Join(", ", parts);
    }
}
