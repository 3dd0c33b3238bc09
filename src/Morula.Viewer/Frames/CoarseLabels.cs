using Morula.Volumes;

namespace Morula.Viewer;

/// <summary>Labels on a coarse grid.</summary>
internal static class CoarseLabels
{
    /// <summary>The labels in the middle of every coarse voxel; planes in between are not read where the file holds planes apart.</summary>
    /// <param name="read">Gives the labels of a block, from any thread.</param>
    /// <param name="extent">Sizes of the frame, Z Y X.</param>
    /// <param name="spacing">Its voxels.</param>
    /// <param name="piece">What the file holds together.</param>
    /// <param name="coarse">Sizes of the coarse grid.</param>
    /// <param name="cancellation">Stops between parts.</param>
    public static LabelVolume Whole(Func<Block, LabelVolume> read, Extent extent, Spacing spacing, Extent piece, Extent coarse, CancellationToken cancellation)
    {
        var labels = new LabelVolume(coarse, spacing.Rescale(extent, coarse));
        int[] columns = [.. Enumerable.Range(0, coarse[2]).Select(column => CoarseGrid.Middle(column, coarse[2], extent[2]))];
        CoarsePart.ForAll(CoarsePart.Of(extent, coarse, piece), part =>
        {
            LabelVolume block = read(part.Fine);
            for (int plane = part.FirstPlane; plane < part.FirstPlane + part.Planes; plane++)
            {
                int z = CoarseGrid.Middle(plane, coarse[0], extent[0]) - part.Fine.Lower[0];
                for (int row = part.FirstRow; row < part.FirstRow + part.Rows; row++)
                {
                    int y = CoarseGrid.Middle(row, coarse[1], extent[1]) - part.Fine.Lower[1];
                    ReadOnlySpan<int> line = block.Voxels.AsSpan(((z * block.Extent[1]) + y) * extent[2], extent[2]);
                    int place = ((plane * coarse[1]) + row) * coarse[2];
                    for (int column = 0; column < columns.Length; column++) labels.Voxels[place + column] = line[columns[column]];
                }
            }
        }, cancellation);
        return labels;
    }
}
