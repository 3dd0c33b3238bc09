using Morula.Volumes;

namespace Morula.Inference;

/// <summary>The voxels of the same frame that share a face with a voxel, at most two per axis of space.</summary>
internal sealed class FaceNeighbours
{
    private readonly int[] sizes;
    private readonly int[] strides;
    private readonly int first;

    public FaceNeighbours(Extent extent)
    {
        sizes = extent.Sizes.ToArray();
        first = SpatialAxes.First(extent.Rank);
        strides = [.. extent.Strides().Select(stride => (int)stride)];
    }

    /// <summary>Fills <paramref name="room"/> (2D numbers) and returns the part used; fixed order: slow axes first, lower before upper.</summary>
    public ReadOnlySpan<int> Of(int voxel, Span<int> room)
    {
        int count = 0;
        int rest = voxel;
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            int place = rest / strides[axis];
            rest -= place * strides[axis];
            if (axis < first) continue;
            if (place > 0) room[count++] = voxel - strides[axis];
            if (place < sizes[axis] - 1) room[count++] = voxel + strides[axis];
        }

        return room[..count];
    }
}
