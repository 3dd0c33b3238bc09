using Morula.Volumes;

namespace Morula.Reports;

/// <summary>Where the outlines of cells run in a plane.</summary>
internal static class LabelEdges
{
    /// <summary>Whether a pixel lies inside a cell, within so many pixels of what is not that cell; the border of the picture is no edge.</summary>
    /// <param name="labels">Rank 2.</param>
    /// <param name="index">A pixel of a cell.</param>
    /// <param name="contour">Width of an outline in pixels.</param>
    public static bool Has(LabelVolume labels, int index, int contour)
    {
        int width = labels.Extent[1];
        int row = index / width;
        int column = index % width;
        int label = labels.Voxels[index];
        for (int step = 1; step <= contour; step++)
        {
            if (row >= step && labels.Voxels[index - (step * width)] != label) return true;
            if (row + step < labels.Extent[0] && labels.Voxels[index + (step * width)] != label) return true;
            if (column >= step && labels.Voxels[index - step] != label) return true;
            if (column + step < width && labels.Voxels[index + step] != label) return true;
        }

        return false;
    }
}
