namespace Morula.Volumes;

/// <summary>An image of cells: each voxel holds the label of its cell, 0 where there is none.</summary>
public sealed class LabelVolume : Grid<int>
{
    /// <summary>Wraps voxels without copying them.</summary>
    public LabelVolume(Extent extent, Spacing spacing, int[] voxels)
        : base(extent, spacing, voxels)
    {
    }

    /// <summary>A volume without cells.</summary>
    public LabelVolume(Extent extent, Spacing spacing)
        : this(extent, spacing, new int[extent.Count])
    {
    }

    /// <summary>Copies a block, which may reach outside; what lies outside is background.</summary>
    public LabelVolume Crop(Block block) => new(block.Extent, Spacing, Cut(block, 0));

    /// <summary>Copies other labels, all of which lie inside, into this volume.</summary>
    /// <param name="part">Of the same rank.</param>
    /// <param name="corner">Place of its first voxel in this volume.</param>
    internal void Paste(LabelVolume part, ReadOnlySpan<int> corner) => PasteAt(part, corner);

    /// <summary>Resamples to another number of voxels over the same physical field, each taking the label of the nearest voxel.</summary>
    public LabelVolume Resample(Extent extent)
    {
        if (extent == Extent) return this;
        var sources = new int[Rank][];
        for (int axis = 0; axis < Rank; axis++) sources[axis] = Nearest(Extent[axis], extent[axis]);
        var voxels = new int[extent.Count];
        long[] from = Extent.Strides();
        long[] to = extent.Strides();
        Parallel.For(0, extent[0], index => Fill(0, index, 0, 0));
        return new LabelVolume(extent, Spacing.Rescale(Extent, extent), voxels);

        void Fill(int axis, int index, long source, long destination)
        {
            source += sources[axis][index] * from[axis];
            destination += index * to[axis];
            if (axis == Rank - 1)
            {
                voxels[destination] = Voxels[source];
                return;
            }

            for (int next = 0; next < extent[axis + 1]; next++) Fill(axis + 1, next, source, destination);
        }
    }

    /// <summary>The cells of this volume by label, ascending: label, tight box, number of voxels.</summary>
    public IReadOnlyList<LabelledCell> Cells()
    {
        var cells = new Dictionary<int, (int[] Lower, int[] Upper, long Count)>();
        var position = new int[Rank];
        int row = Extent[Rank - 1];
        for (long start = 0; start < Voxels.LongLength; start += row)
        {
            for (int column = 0; column < row;)
            {
                int label = Voxels[start + column];
                int end = column + 1;
                while (end < row && Voxels[start + end] == label) end++;
                if (label != 0) Include(label, column, end);
                column = end;
            }

            for (int axis = Rank - 2; axis >= 0 && ++position[axis] == Extent[axis]; axis--) position[axis] = 0;
        }

        return [.. cells.OrderBy(cell => cell.Key)
            .Select(cell => new LabelledCell(cell.Key, new Block(cell.Value.Lower, cell.Value.Upper), cell.Value.Count))];

        void Include(int label, int from, int to)
        {
            if (!cells.TryGetValue(label, out var cell))
            {
                cell = (new int[Rank], new int[Rank], 0);
                Array.Fill(cell.Lower, int.MaxValue);
            }

            for (int axis = 0; axis < Rank - 1; axis++)
            {
                cell.Lower[axis] = Math.Min(cell.Lower[axis], position[axis]);
                cell.Upper[axis] = Math.Max(cell.Upper[axis], position[axis] + 1);
            }

            cell.Lower[^1] = Math.Min(cell.Lower[^1], from);
            cell.Upper[^1] = Math.Max(cell.Upper[^1], to);
            cells[label] = (cell.Lower, cell.Upper, cell.Count + to - from);
        }
    }

    private static int[] Nearest(int from, int to)
    {
        var source = new int[to];
        for (int index = 0; index < to; index++)
            source[index] = Math.Min(from - 1, (int)((index + 0.5) * from / to));
        return source;
    }
}
