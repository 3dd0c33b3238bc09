using Morula.Volumes;

namespace Morula.Tests.Inference;

/// <summary>Face neighbours by coordinates, slow axes first, lower before upper.</summary>
internal static class Neighbourhood
{
    public static int[] Coordinates(long voxel, Extent extent)
    {
        long[] strides = extent.Strides();
        return [.. strides.Select((stride, axis) => (int)(voxel / stride % extent[axis]))];
    }

    public static IEnumerable<int> Of(int voxel, Extent extent, int firstAxis = 0)
    {
        int[] place = Coordinates(voxel, extent);
        for (int axis = firstAxis; axis < place.Length; axis++)
        {
            foreach (int step in (int[])[-1, 1])
            {
                if (place[axis] + step >= 0 && place[axis] + step < extent[axis]) yield return (int)(voxel + (step * extent.Strides()[axis]));
            }
        }
    }
}
