using Morula.Volumes;

namespace Morula.Streaming;

/// <summary>Boxes of detections against blocks of voxels.</summary>
internal static class Boxed
{
    /// <summary>Whether a box reaches into a block.</summary>
    /// <param name="box">2D numbers, lowers then uppers.</param>
    /// <param name="block">In the same voxels.</param>
    public static bool Meets(ReadOnlySpan<float> box, Block block)
    {
        for (int axis = 0; axis < block.Rank; axis++)
        {
            if (box[axis] >= block.Upper[axis] || box[block.Rank + axis] <= block.Lower[axis]) return false;
        }

        return true;
    }
}
