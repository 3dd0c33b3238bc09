namespace Morula.Volumes;

/// <summary>Frames of one size, one behind the other; a second is taken to pass from one to the next.</summary>
internal static class FrameStack
{
    /// <summary>A movie (T Z Y X) of images.</summary>
    public static Volume Of(IReadOnlyList<Volume> frames) => new(Sizes(frames[0].Extent, frames.Count), Steps(frames[0].Spacing), Join(frames));

    /// <summary>A movie of label volumes.</summary>
    public static LabelVolume Of(IReadOnlyList<LabelVolume> frames) => new(Sizes(frames[0].Extent, frames.Count), Steps(frames[0].Spacing), Join(frames));

    private static Extent Sizes(Extent frame, int count) => new([count, .. frame.Sizes]);

    private static Spacing Steps(Spacing frame) => new([1, .. frame.Steps]);

    private static TVoxel[] Join<TVoxel>(IReadOnlyList<Grid<TVoxel>> frames)
        where TVoxel : unmanaged
    {
        Extent first = frames[0].Extent;
        var all = new TVoxel[frames.Count * first.Count];
        for (int frame = 0; frame < frames.Count; frame++)
        {
            if (frames[frame].Extent != first) throw new ArgumentException($"The frames of a movie have one size, not {first} and {frames[frame].Extent}.", nameof(frames));
            frames[frame].Voxels.CopyTo(all, frame * first.Count);
        }

        return all;
    }
}
