using Morula.Formats;
using Morula.Volumes;

namespace Morula.Samples;

/// <summary>Frames one behind the other, each with files of its own; a second is taken to pass from one to the next. A crop reads its part of each.</summary>
internal sealed class ClipSource : ICropSource
{
    private readonly IReadOnlyList<ICropSource> frames;

    /// <summary>Puts frames together.</summary>
    /// <exception cref="VolumeFormatException">The frames differ in size.</exception>
    public ClipSource(Pair clip, IReadOnlyList<ICropSource> frames)
    {
        (Pair, this.frames) = (clip, frames);
        RequireOneSize(clip, [.. frames.Select(frame => (frame.Pair, frame.Extent))]);
        Extent = new Extent([frames.Count, .. frames[0].Extent.Sizes]);
        Spacing = new Spacing([1, .. frames[0].Spacing.Steps]);
        CellList = CellList.Behind([.. frames.Select(frame => frame.CellList)]);
    }

    /// <inheritdoc/>
    public Pair Pair { get; }

    /// <inheritdoc/>
    public Extent Extent { get; }

    /// <inheritdoc/>
    public Spacing Spacing { get; }

    /// <inheritdoc/>
    public CellList CellList { get; }

    /// <summary>Refuses frames of another size than the first.</summary>
    /// <exception cref="VolumeFormatException">Names the file.</exception>
    public static void RequireOneSize(Pair clip, IReadOnlyList<(Pair Pair, Extent Extent)> frames)
    {
        foreach (var (pair, extent) in frames)
        {
            if (extent != frames[0].Extent)
                throw new VolumeFormatException(pair.ImagePath, $"is {extent} voxels on the working grid, but {clip.ImagePath} is {frames[0].Extent}; the frames of a movie have one size.");
        }
    }

    /// <inheritdoc/>
    public int ClassOf(int label) => frames.LastOrDefault(frame => frame.CellList.VoxelsOf(label, 0, 1) > 0)?.ClassOf(label) ?? ObjectClasses.Default;

    /// <inheritdoc/>
    public PairPart Read(Func<Block> wanted)
    {
        Block block = wanted();
        var inFrame = new Block(block.Lower[1..], block.Upper[1..]);
        PairPart[] parts = [.. Enumerable.Range(block.Lower[0], block.Extent[0]).Select(frame => frames[frame].Read(() => inFrame).Crop(inFrame))];
        return new PairPart(FrameStack.Of([.. parts.Select(part => part.Image)]), FrameStack.Of([.. parts.Select(part => part.Labels)]), block.Lower.ToArray(), Extent);
    }
}
