using Morula.Formats;
using Morula.Options;

namespace Morula.Samples;

/// <summary>Frames that are files of their own, seen as clips of a few that follow each other.</summary>
internal static class Clips
{
    /// <summary>The clips of some frames of one split, by movie and time.</summary>
    /// <param name="pairs">Frames, whose names differ in their number alone where they belong to one movie.</param>
    /// <param name="frames">Length of a clip.</param>
    /// <param name="apart">Whether clips share no frame; else one begins in every frame.</param>
    /// <exception cref="OptionsException">Nowhere do so many frames follow each other.</exception>
    public static IReadOnlyList<Pair> Of(IReadOnlyList<Pair> pairs, int frames, bool apart)
    {
        var clips = new List<Pair>();
        foreach (var movie in pairs.Select(Numbered).GroupBy(frame => (frame.Movie, frame.Pair.Embryo)))
        {
            (int Number, Pair Pair)[] ordered = [.. movie.Select(frame => (frame.Number, frame.Pair)).OrderBy(frame => frame.Number)];
            for (int first = 0; first + frames <= ordered.Length;)
            {
                bool follow = ordered[first + frames - 1].Number - ordered[first].Number == frames - 1;
                if (follow) clips.Add(Clip(ordered[first].Number, [.. ordered.AsSpan(first, frames).ToArray().Select(frame => frame.Pair)]));
                first += follow && apart ? frames : 1;
            }
        }

        if (clips.Count > 0) return clips;
        throw new OptionsException(
            "Samples.Crop", $"asks for clips of {frames} frames, but nowhere do so many {pairs[0].Split.ToString().ToLowerInvariant()} images (such as {pairs[0].Name}) follow each other by the numbers in their names.");
    }

    private static ((string Before, string After) Movie, int Number, Pair Pair) Numbered(Pair pair) => FrameNames.Split(pair.Name) is var (before, number, after)
        ? ((before, after), number, pair)
        : throw new VolumeFormatException(pair.ImagePath, "has no frame number in its name, but the network sees movies (Model.Rank 4); name frames like t000, t001, or save each movie as one file with a time axis.");

    private static Pair Clip(int first, IReadOnlyList<Pair> frames) => frames[0] with
    {
        Name = $"{frames[0].Name}..{frames[^1].Name}",
        Frames = frames,
        FirstFrame = first,
    };
}
