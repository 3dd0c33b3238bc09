namespace Morula.Evaluation;

/// <summary>How well whole tracks are found: complete tracks and track fractions (Ulman et al. 2017). A found cell follows a true one where it holds it and no other.</summary>
/// <param name="TrueTracks">True tracks that are seen.</param>
/// <param name="FoundTracks">Found tracks that are seen.</param>
/// <param name="RightTracks">True tracks that one found track follows in every frame, and which is seen in no other frame.</param>
/// <param name="DetectedTracks">True tracks that are followed in some frame.</param>
/// <param name="FractionSum">Sum over true tracks of the longest run of their frames that one found track follows, over their number of frames.</param>
public sealed record TrackScores(long TrueTracks, long FoundTracks, long RightTracks, long DetectedTracks, double FractionSum)
{
    /// <summary>CT: 2 right / (true + found); null where there is no track at all.</summary>
    public double? CompleteTracks => TrueTracks + FoundTracks == 0 ? null : 2.0 * RightTracks / (TrueTracks + FoundTracks);

    /// <summary>TF: mean fraction of the detected tracks; null where none is.</summary>
    public double? TrackFractions => DetectedTracks == 0 ? null : FractionSum / DetectedTracks;

    internal static TrackScores Of(MovieMatch match)
    {
        int right = 0;
        int detected = 0;
        double sum = 0;
        foreach (int id in match.Truth.Tracks)
        {
            int?[] followers = [.. match.Truth.FramesOf(id).Select(frame => match.FoundOf(new CellNode(frame, id))?.Id)];
            int longest = LongestRun(followers);
            if (longest > 0) detected++;
            sum += (double)longest / followers.Length;
            if (longest == followers.Length && match.Found.FramesOf(followers[0]!.Value).Count == longest) right++;
        }

        return new TrackScores(match.Truth.Tracks.Count, match.Found.Tracks.Count, right, detected, sum);
    }

    private static int LongestRun(int?[] followers)
    {
        int longest = 0;
        int run = 0;
        for (int index = 0; index < followers.Length; index++)
        {
            bool goesOn = index > 0 && followers[index] == followers[index - 1];
            run = followers[index] is null ? 0 : goesOn ? run + 1 : 1;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
