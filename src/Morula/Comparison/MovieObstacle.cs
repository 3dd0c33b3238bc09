using Morula.Formats;
using Morula.Samples;

namespace Morula.Comparison;

/// <summary>Why held-out images are not judged as the frames of a movie.</summary>
internal static class MovieObstacle
{
    private const int FewestFrames = 3;

    /// <summary>The reason, as a clause; null where they are judged as a movie.</summary>
    /// <param name="data">The data set, split.</param>
    /// <param name="heldOut">The split that is judged on.</param>
    /// <param name="members">The networks, all of which must see volumes or movies.</param>
    public static string? Of(DataSet data, Split heldOut, IReadOnlyList<PlannedMember> members)
    {
        IReadOnlyList<Pair> pairs = data.Of(heldOut);
        if (data.LineageOf(heldOut) is null) return $"no {LineageTable.FileName} tells of all of them";
        if (members.FirstOrDefault(member => member.Options.Model.Rank < 3) is { } flat) return $"{flat.Name} sees planes (Model.Rank {flat.Options.Model.Rank})";
        if (pairs.Count < FewestFrames) return $"there are {pairs.Count} of them where at least {FewestFrames} are needed";
        return OfNames(pairs) ?? OfSizes(pairs);
    }

    private static string? OfNames(IReadOnlyList<Pair> pairs)
    {
        var numbers = new List<int>();
        (string Before, string After)? shared = null;
        foreach (Pair pair in pairs)
        {
            if (FrameNames.Split(VolumeName.Of(pair.ImagePath)) is not var (before, number, after)) return $"{pair.Name} has no frame number in its name";
            shared ??= (before, after);
            if (shared != (before, after)) return $"{pairs[0].Name} and {pair.Name} differ in more than a frame number";
            numbers.Add(number);
        }

        numbers.Sort();
        return numbers.Index().All(frame => frame.Item == numbers[0] + frame.Index)
            ? null
            : $"{pairs.Count} images do not make up the frames {numbers[0]} to {numbers[^1]}";
    }

    private static string? OfSizes(IReadOnlyList<Pair> pairs)
    {
        VolumeInfo expected = VolumeFile.ReadInfo(pairs[0].ImagePath);
        foreach (Pair pair in pairs)
        {
            VolumeInfo info = VolumeFile.ReadInfo(pair.ImagePath);
            if (info.Frames > 1) return $"{pair.Name} has {info.Frames} frames of its own";
            if (info.Extent != expected.Extent) return $"{pair.Name} is {info.Extent} voxels but {pairs[0].Name} {expected.Extent}";
            if (info.Spacing != expected.Spacing) return $"{pair.Name} has voxels of {info.Spacing} um but {pairs[0].Name} of {expected.Spacing}";
        }

        return null;
    }
}
