using Morula.Lineages;

namespace Morula.Formats;

/// <summary>A movie whose cells have one label along their track, with who descends from whom: of this program or another.</summary>
/// <param name="Labels">Label volumes, frame by frame.</param>
/// <param name="Lineage">Tracks; their frames are the numbers of <paramref name="Labels"/>.</param>
public sealed record TrackedMovie(FrameSequence Labels, Lineage Lineage)
{
    /// <summary>
    /// Opens a folder in a layout that is known by its files: <c>labels/</c> beside <c>tracks.csv</c>, as data sets and results of this
    /// program have it; <c>maskTTT.tif</c> beside <c>res_track.txt</c>, or <c>man_trackTTT.tif</c> beside <c>man_track.txt</c> there or in
    /// <c>TRA/</c> (Cell Tracking Challenge); <c>NAME_post_tTTT.tif</c> beside an XML file of properties (ASTEC). Of the last two, labels
    /// are held against the tracks when a frame is read.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <param name="first">First frame number wanted; null: the first there is.</param>
    /// <param name="last">Last frame number wanted, included; null: the last there is.</param>
    /// <exception cref="VolumeFormatException">It is no tracked movie, frames are missing, or the tracks contradict each other.</exception>
    public static TrackedMovie Open(string path, int? first = null, int? last = null) =>
        TryOpenOwn(path, first, last)
        ?? TrackingChallengeMovie.TryOpen(path, first, last)
        ?? AstecMovie.TryOpen(path, first, last)
        ?? throw new VolumeFormatException(
            path, $"is no tracked movie; expected a folder with labels/ and {LineageTable.FileName}, with maskTTT.tif and res_track.txt, with man_trackTTT.tif and man_track.txt, or with NAME_post_tTTT.tif and its properties as .xml.");

    private static TrackedMovie? TryOpenOwn(string path, int? first, int? last)
    {
        string table = Path.Combine(path, LineageTable.FileName);
        string labels = Path.Combine(path, "labels");
        if (!File.Exists(table) || !Directory.Exists(labels)) return null;
        FrameSequence frames = FrameSequence.Open(labels, first, last);
        return new TrackedMovie(frames, LineageTable.Read(table, frames.Numbers[0], frames.Numbers[^1]));
    }
}
