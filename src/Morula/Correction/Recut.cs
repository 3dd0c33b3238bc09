using Morula.Volumes;

namespace Morula.Correction;

/// <summary>Some voxels of a box get a label.</summary>
/// <param name="Box">The box in the frame.</param>
/// <param name="IsNew">Whether a voxel of the box gets it, last axis fastest.</param>
/// <param name="Label">The label.</param>
internal sealed record Recut(Block Box, bool[] IsNew, int Label) : PatchStep
{
    public override void Apply(LabelVolume part, Block place)
    {
        Block shared = Box.Intersect(place);
        if (shared.IsEmpty) return;
        long[] from = Box.Extent.Strides(), to = place.Extent.Strides();
        int row = shared.Extent[shared.Rank - 1];
        foreach (Block line in shared.Extent.Split(new Extent([.. Enumerable.Repeat(1, shared.Rank - 1), row])))
        {
            long source = 0, target = 0;
            for (int axis = 0; axis < shared.Rank; axis++)
            {
                int index = line.Lower[axis] + shared.Lower[axis];
                source += (index - Box.Lower[axis]) * from[axis];
                target += (index - place.Lower[axis]) * to[axis];
            }

            for (int column = 0; column < row; column++)
            {
                if (IsNew[source + column]) part.Voxels[target + column] = Label;
            }
        }
    }
}
