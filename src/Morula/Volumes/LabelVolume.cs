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
        // Voxels at the rim may be nearest to none.
        Block source = NearestResampling.SourceOf(Extent, extent, extent.Whole);
        int[] voxels = source == Extent.Whole ? Voxels : Cut(source, 0);
        return new LabelVolume(extent, Spacing.Rescale(Extent, extent), NearestResampling.Apply(voxels, Extent, extent, extent.Whole));
    }

    /// <summary>The cells of this volume by label, ascending: label, tight box, number of voxels.</summary>
    public IReadOnlyList<LabelledCell> Cells()
    {
        var tally = new LabelTally(Rank);
        tally.Add(this, new int[Rank]);
        return tally.Cells();
    }
}
