using Morula.Volumes;

namespace Morula.Evaluation;

/// <summary>The rows of an image (runs along its last axis) and where their face neighbours start.</summary>
internal readonly struct RowWalk
{
    private readonly Extent extent;
    private readonly long[] strides;
    private readonly int firstAxis;

    /// <summary>Neighbours along time do not count: a mother is followed by her daughters, she does not touch them.</summary>
    public RowWalk(Extent extent)
    {
        this.extent = extent;
        strides = extent.Strides();
        firstAxis = extent.Rank == 4 ? 1 : 0;
        Length = extent[extent.Rank - 1];
        Count = extent.Count == 0 ? 0 : (int)(extent.Count / Length);
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Voxels in a row.</summary>
    public int Length { get; }

    /// <summary>First voxels of the next rows along each axis, and of the previous rows if asked.</summary>
    public List<int> Neighbours(int row, bool backwards)
    {
        var starts = new List<int>();
        long start = (long)row * Length;
        for (int axis = firstAxis; axis < extent.Rank - 1; axis++)
        {
            long position = start / strides[axis] % extent[axis];
            if (position + 1 < extent[axis]) starts.Add((int)(start + strides[axis]));
            if (backwards && position > 0) starts.Add((int)(start - strides[axis]));
        }

        return starts;
    }
}
