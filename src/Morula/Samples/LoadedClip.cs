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
        ClipSource.RequireOneSize(clip, [.. frames.Select(frame => (frame.Pair, frame.Image.Extent))]);
        return new LoadedPair(
            clip, FrameStack.Of([.. frames.Select(frame => frame.Image)]), FrameStack.Of([.. frames.Select(frame => frame.Labels)]), Classes(frames));
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
