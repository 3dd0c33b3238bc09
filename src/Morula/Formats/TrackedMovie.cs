using Morula.Lineages;

namespace Morula.Formats;

/// <summary>A movie whose cells have one label along their track, with who descends from whom: of this program or another.</summary>
/// <param name="Labels">Label volumes, frame by frame.</param>
/// <param name="Lineage">Tracks; their frames are the numbers of <paramref name="Labels"/>.</param>
public sealed record TrackedMovie(FrameSequence Labels, Lineage Lineage)
{
    /// <summary>
    /// Opens a folder: <c>labels/</c> beside <c>tracks.csv</c>, as data sets and results of this program have it.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <param name="first">First frame number wanted; null: the first there is.</param>
    /// <param name="last">Last frame number wanted, included; null: the last there is.</param>
    /// <exception cref="VolumeFormatException">It is no tracked movie, frames are missing, or the tracks contradict each other.</exception>
    public static TrackedMovie Open(string path, int? first = null, int? last = null)
    {
        string table = Path.Combine(path, LineageTable.FileName);
        string labels = Path.Combine(path, "labels");
        if (!File.Exists(table) || !Directory.Exists(labels))
            throw new VolumeFormatException(path, $"is no tracked movie; expected a folder with labels/ and {LineageTable.FileName}.");
        FrameSequence frames = FrameSequence.Open(labels, first, last);
        return new TrackedMovie(frames, LineageTable.Read(table).Between(frames.Numbers[0], frames.Numbers[^1]));
    }
}
