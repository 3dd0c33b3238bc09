namespace Morula.Volumes;

/// <summary>An image of intensities, one channel.</summary>
public sealed class Volume : Grid<float>
{
    /// <summary>Wraps voxels without copying them.</summary>
    public Volume(Extent extent, Spacing spacing, float[] voxels)
        : base(extent, spacing, voxels)
    {
    }

    /// <summary>An image of zeros.</summary>
    public Volume(Extent extent, Spacing spacing)
        : this(extent, spacing, new float[extent.Count])
    {
    }

    /// <summary>Copies a block, which may reach outside; what lies outside is <paramref name="fill"/>.</summary>
    public Volume Crop(Block block, float fill = 0) => new(block.Extent, Spacing, Cut(block, fill));

    /// <summary>Copies a block, which may reach outside; what lies outside is as the nearest voxel inside.</summary>
    public Volume CropToEdge(Block block)
    {
        Block inside = block.ClipTo(Extent);
        return inside == block ? Crop(block) : new Volume(block.Extent, Spacing, CutToEdge(block));
    }

    /// <summary>
    /// Resamples to another number of voxels over the same physical field: linear interpolation where the grid grows finer,
    /// a triangle filter as wide as the new voxel where it grows coarser, so that nothing aliases.
    /// </summary>
    public Volume Resample(Extent extent)
    {
        if (extent == Extent) return this;
        return new Volume(extent, Spacing.Rescale(Extent, extent), LinearResampling.Apply(Voxels, Extent, extent));
    }
}
