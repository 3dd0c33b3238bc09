using Morula.Lineages;

namespace Morula.Formats;

/// <summary>Holds the labels of every frame against the tracks: each has one that spans the frame, and no track begins or ends without its label.</summary>
/// <param name="lineage">The tracks, whose ids are the labels.</param>
/// <param name="table">Name of the file that lists them, for messages.</param>
internal sealed class TracksCheck(Lineage lineage, string table) : IFrameLabelling
{
    private readonly ILookup<int, Track> ends = lineage.Tracks
        .SelectMany(track => new[] { track.FirstFrame, track.LastFrame }.Distinct().Select(frame => (frame, track)))
        .ToLookup(end => end.frame, end => end.track);

    /// <inheritdoc/>
    public void Apply(string path, int frame, int[] voxels)
    {
        SortedSet<int> present = FrameLabels.Of(voxels);
        RequireKnown(path, frame, present, lineage, table);
        foreach (Track track in ends[frame])
        {
            if (!present.Contains(track.Id))
                throw new VolumeFormatException(path, $"holds no label {track.Id} in frame {frame}, but its track in {table} lasts from frame {track.FirstFrame} to {track.LastFrame}.");
        }
    }

    /// <summary>Requires that every label has a track that spans the frame.</summary>
    /// <exception cref="VolumeFormatException">One has none.</exception>
    public static void RequireKnown(string path, int frame, IEnumerable<int> labels, Lineage lineage, string table)
    {
        foreach (int label in labels)
        {
            if (!lineage.Contains(label))
                throw new VolumeFormatException(path, $"holds the label {label} in frame {frame}, of which {table} names no track; add the track or remove the label.");
            Track track = lineage[label];
            if (!track.Spans(frame))
                throw new VolumeFormatException(path, $"holds the label {label} in frame {frame}, but its track in {table} lasts from frame {track.FirstFrame} to {track.LastFrame}.");
        }
    }
}
