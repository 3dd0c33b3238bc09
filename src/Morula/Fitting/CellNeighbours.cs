using Morula.Volumes;

namespace Morula.Fitting;

/// <summary>Tells whether annotations leave a gap between neighbouring cells.</summary>
internal static class CellNeighbours
{
    private const int WidestGap = 4;

    /// <summary>Of the neighbours along rows that lie at most four voxels apart, the share that touch; NaN without neighbours.</summary>
    public static double Touching(LabelVolume labels)
    {
        var (touching, apart) = (0L, 0L);
        int row = labels.Extent[labels.Rank - 1];
        for (int start = 0; start < labels.Voxels.Length; start += row)
        {
            var (last, place) = (0, 0);
            for (int column = 0; column < row; column++)
            {
                int label = labels.Voxels[start + column];
                if (label == 0) continue;
                if (last != 0 && label != last)
                {
                    if (column - place == 1) touching++;
                    else if (column - place - 1 <= WidestGap) apart++;
                }

                (last, place) = (label, column);
            }
        }

        return (double)touching / (touching + apart);
    }
}
