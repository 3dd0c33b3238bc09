using Morula.Formats;
using Morula.Volumes;

namespace Morula.Samples;

/// <summary>
/// An image in a file as the network sees it, on the working grid and normalised, block by block: every voxel is what
/// resampling and normalising the whole image gives. Memory is that of a block.
/// </summary>
internal sealed class WorkingImage
{
    private readonly VolumeSource source;
    private readonly IntensityScale scale;

    /// <summary>Makes it from an open file.</summary>
    /// <param name="source">The image.</param>
    /// <param name="extent">Sizes of the working grid.</param>
    /// <param name="scale">Intensities of the working grid, before normalisation.</param>
    public WorkingImage(VolumeSource source, Extent extent, IntensityScale scale) => (this.source, Extent, this.scale) = (source, extent, scale);

    /// <summary>Sizes of the working grid.</summary>
    public Extent Extent { get; }

    /// <summary>A block, which may reach outside; what lies outside is as the nearest voxel inside.</summary>
    public Volume Read(Block block)
    {
        int[] lower = [.. block.Lower.ToArray().Select((bound, axis) => Math.Clamp(bound, 0, Extent[axis] - 1))];
        int[] upper = [.. block.Upper.ToArray().Select((bound, axis) => Math.Clamp(bound, lower[axis] + 1, Extent[axis]))];
        Volume seen = scale.Apply(Resample(source, Extent, new Block(lower, upper)));
        return seen.CropToEdge(block.Shift([.. lower.Select(bound => -bound)]));
    }

    /// <summary>A block of the working grid before normalisation.</summary>
    public static Volume Resample(VolumeSource source, Extent working, Block block)
    {
        Spacing spacing = source.Spacing.Rescale(source.Extent, working);
        Volume part = source.ReadImage(LinearResampling.SourceOf(source.Extent, working, block));
        return new Volume(block.Extent, spacing, LinearResampling.Apply(part.Voxels, source.Extent, working, block));
    }
}
