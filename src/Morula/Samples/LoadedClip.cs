using Morula.Formats;
using Morula.Volumes;

namespace Morula.Samples;

/// <summary>Loaded frames one behind the other.</summary>
internal static class LoadedClip
{
    /// <summary>The clip of some frames; a second is taken to pass from one to the next.</summary>
    /// <exception cref="VolumeFormatException">The frames differ in size or spacing.</exception>
    public static LoadedPair Of(Pair clip, IReadOnlyList<LoadedPair> frames)
    {
        Volume first = frames[0].Image;
        foreach (LoadedPair frame in frames)
        {
            if (frame.Image.Extent != first.Extent)
                throw new VolumeFormatException(frame.Pair.ImagePath, $"is {frame.Image.Extent} voxels on the working grid, but {clip.ImagePath} is {first.Extent}; the frames of a movie have one size.");
        }

        var extent = new Extent([frames.Count, .. first.Extent.Sizes]);
        var spacing = new Spacing([1, .. first.Spacing.Steps]);
        return new LoadedPair(
            clip,
            new Volume(extent, spacing, Join(frames.Select(frame => frame.Image.Voxels), extent)),
            new LabelVolume(extent, spacing, Join(frames.Select(frame => frame.Labels.Voxels), extent)),
            Classes(frames));
    }

    private static T[] Join<T>(IEnumerable<T[]> frames, Extent extent)
    {
        var all = new T[extent.Count];
        int start = 0;
        foreach (T[] frame in frames)
        {
            frame.CopyTo(all, start);
            start += frame.Length;
        }

        return all;
    }

    private static Dictionary<int, int> Classes(IReadOnlyList<LoadedPair> frames)
    {
        var classes = new Dictionary<int, int>();
        foreach (LoadedPair frame in frames)
        {
            foreach (LabelledCell cell in frame.Cells) classes[cell.Label] = frame.ClassOf(cell.Label);
        }

        return classes;
    }
}
