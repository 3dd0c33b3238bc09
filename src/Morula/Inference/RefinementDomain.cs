using Morula.Volumes;

namespace Morula.Inference;

/// <summary>Where cells may lie after refinement.</summary>
internal static class RefinementDomain
{
    /// <summary>Label of the flood from outside the tissue.</summary>
    public const int Outside = int.MaxValue;

    /// <summary>Marks the voxels to be flooded; with <see cref="RefinementOptions.OutsideCompetes"/> also the shell around them as a seed.</summary>
    public static void Open(int[] seeds, LabelVolume labels, RefinementOptions options)
    {
        bool[] tissue = Tissue(labels, options);
        Parallel.For(0, seeds.Length / labels.Extent[labels.Rank - 1], line =>
        {
            int row = labels.Extent[labels.Rank - 1];
            for (int voxel = line * row; voxel < (line + 1) * row; voxel++)
            {
                if (seeds[voxel] == 0 && tissue[voxel]) seeds[voxel] = PriorityFlood.Open;
                else if (seeds[voxel] == 0 && options.OutsideCompetes) seeds[voxel] = Outside;
            }
        });
    }

    private static bool[] Tissue(LabelVolume labels, RefinementOptions options)
    {
        int[] painted = labels.Voxels;
        double reach = options.CloseMicrometres + options.GrowMicrometres;
        if (reach <= 0) return [.. painted.Select(label => label > 0)];
        float most = (float)(reach * reach);
        float least = (float)(options.CloseMicrometres * options.CloseMicrometres);
        float[] toTissue = DistanceTransform.Squared(labels.Extent, labels.Spacing, (start, marks) =>
        {
            for (int index = 0; index < marks.Length; index++) marks[index] = painted[start + index] > 0;
        });
        float[] toOutside = least > 0 ? DistanceTransform.Squared(labels.Extent, labels.Spacing, MarkOutside) : toTissue;
        var tissue = new bool[painted.Length];
        for (int voxel = 0; voxel < tissue.Length; voxel++)
            tissue[voxel] = painted[voxel] > 0 || (toTissue[voxel] <= most && (least == 0 || toOutside[voxel] > least));
        return tissue;

        void MarkOutside(int start, Span<bool> marks)
        {
            for (int index = 0; index < marks.Length; index++) marks[index] = toTissue[start + index] > most;
        }
    }
}
