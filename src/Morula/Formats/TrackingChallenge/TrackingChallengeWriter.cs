using System.Globalization;
using Morula.Lineages;
using Morula.Volumes;

namespace Morula.Formats;

/// <summary>
/// Writes a result for the Cell Tracking Challenge: <c>maskTTT.tif</c> of 16 bits and <c>res_track.txt</c>. The challenge wants a track in
/// every frame from its first to its last, so one that misses frames goes on under a new id whose parent is the old one. Ids stay
/// as they are up to 65,535; larger and new ones are the smallest that are free.
/// </summary>
/// <param name="folder">Folder to fill.</param>
/// <param name="lineage">The tracks, whose ids are the labels.</param>
public sealed class TrackingChallengeWriter(string folder, Lineage lineage) : IMovieWriter
{
    private const int MostLabels = ushort.MaxValue;

    private readonly HashSet<int> taken = [.. lineage.Tracks.Select(track => track.Id).Where(id => id <= MostLabels)];
    private readonly Dictionary<int, Track> open = [];
    private readonly List<Track> closed = [];
    private int nextFree = 1;
    private int? lastFrame;

    /// <inheritdoc/>
    public bool NeedsCells => false;

    /// <inheritdoc/>
    public void Add(MovieFrame frame)
    {
        LabelVolume labels = frame.Labels;
        foreach (int id in FrameLabels.Of(labels.Voxels)) Continue(id, frame.Number);
        lastFrame = frame.Number;
        var masks = new LabelVolume(labels.Extent, labels.Spacing);
        FrameLabels.Replace(labels.Voxels, masks.Voxels, label => label == 0 ? 0 : open[label].Id);
        VolumeFile.Write(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"mask{frame.Number:000}.tif")), masks);
    }

    /// <inheritdoc/>
    public void Finish() => TrackList.Write(Path.Combine(folder, "res_track.txt"), closed.Concat(open.Values));

    private void Continue(int id, int frame)
    {
        if (!open.TryGetValue(id, out Track? track))
        {
            int mother = open.TryGetValue(lineage[id].ParentId, out Track? found) ? found.Id : 0;
            open[id] = new Track(id <= MostLabels ? id : Free(), frame, frame, mother);
            return;
        }

        bool isWhole = track.LastFrame == lastFrame;
        if (!isWhole) closed.Add(track);
        open[id] = isWhole ? track with { LastFrame = frame } : new Track(Free(), frame, frame, track.Id);
    }

    private int Free()
    {
        while (!taken.Add(nextFree))
        {
            if (++nextFree > MostLabels)
                throw new VolumeFormatException(folder, $"there are more than {MostLabels} tracks, which masks of 16 bits cannot tell apart; export a part with --frames FIRST..LAST.");
        }

        return nextFree;
    }
}
