using Morula.Lineages;

namespace Morula.Formats;

/// <summary>Reads a movie of the Cell Tracking Challenge: masks and their list of tracks.</summary>
internal static class TrackingChallengeMovie
{
    private static readonly (string List, string Mask)[] Layouts = [("res_track.txt", "mask"), ("man_track.txt", "man_track")];

    /// <summary>Opens a folder of results or of truth, or one whose <c>TRA/</c> is such; null where there is no list of tracks.</summary>
    /// <exception cref="VolumeFormatException">Masks are missing, or the list contradicts itself or the frames there are.</exception>
    public static TrackedMovie? TryOpen(string path, int? first, int? last)
    {
        foreach (string folder in (string[])[path, Path.Combine(path, "TRA")])
        {
            foreach (var (list, mask) in Layouts)
            {
                if (File.Exists(Path.Combine(folder, list))) return Open(folder, list, mask, first, last);
            }
        }

        return null;
    }

    private static TrackedMovie Open(string folder, string list, string mask, int? first, int? last)
    {
        string[] files = [.. Directory.EnumerateFiles(folder, mask + "*").Where(VolumeFile.IsSupported).Order(StringComparer.Ordinal)];
        if (files.Length == 0) throw new VolumeFormatException(folder, $"holds {list} but no {mask}TTT.tif.");
        FrameSequence frames = FrameSequence.OfFiles(folder, files, first, last);
        string path = Path.Combine(folder, list);
        Lineage lineage = TrackList.Read(path);
        foreach (Track track in lineage.Tracks)
        {
            bool isBefore = first is null && track.FirstFrame < frames.Numbers[0];
            bool isAfter = last is null && track.LastFrame > frames.Numbers[^1];
            if (isBefore || isAfter)
                throw new VolumeFormatException(path, $"track {track.Id} lasts from frame {track.FirstFrame} to {track.LastFrame}, but the masks are of the frames {frames.Numbers[0]} to {frames.Numbers[^1]}.");
        }

        return new TrackedMovie(frames.Labelled(new TracksCheck(lineage, list)), lineage.Between(frames.Numbers[0], frames.Numbers[^1]));
    }
}
