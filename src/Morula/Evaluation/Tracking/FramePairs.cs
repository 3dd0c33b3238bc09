using Morula.Formats;

namespace Morula.Evaluation;

/// <summary>Pairs the frames of two movies by their numbers.</summary>
internal static class FramePairs
{
    /// <summary>The frames from first to last, ascending; without these, all that either movie has.</summary>
    /// <exception cref="VolumeFormatException">A movie lacks one of them, or has none.</exception>
    public static IReadOnlyList<FramePair> Pair(FrameSequence truth, FrameSequence found, int? first, int? last)
    {
        foreach (FrameSequence movie in new[] { truth, found })
        {
            if (movie.Count == 0) throw new VolumeFormatException(movie.Path, "holds no frame.");
        }

        int from = first ?? Math.Min(truth.Numbers.Min(), found.Numbers.Min());
        int to = last ?? Math.Max(truth.Numbers.Max(), found.Numbers.Max());
        if (from > to) throw new ArgumentException($"The first frame, {from}, is after the last, {to}.", nameof(first));
        Dictionary<int, int> truths = Places(truth);
        Dictionary<int, int> founds = Places(found);
        return [.. Enumerable.Range(from, to - from + 1).Select(number => new FramePair(
            number,
            EvaluationPair.OfFrames(truth, Place(truth, truths, number, from, to), found, Place(found, founds, number, from, to))))];
    }

    private static Dictionary<int, int> Places(FrameSequence movie) =>
        movie.Numbers.Index().ToDictionary(frame => frame.Item, frame => frame.Index);

    private static int Place(FrameSequence movie, Dictionary<int, int> places, int number, int from, int to) =>
        places.TryGetValue(number, out int place)
            ? place
            : throw new VolumeFormatException(
                movie.Path, $"has no frame {number}; frames {from} to {to} are compared, and both movies must have them (choose others with --frames FIRST..LAST).");
}
