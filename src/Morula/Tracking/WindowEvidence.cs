using Morula.Volumes;

namespace Morula.Tracking;

/// <summary>
/// What windows through time say of the cells of single frames: two cells are one where windows show the same cell through time at both
/// places, and a cell divides where windows see it end and the network calls that a division. Windows that share frames vote.
/// </summary>
public static class WindowEvidence
{
    // A cell of a frame is the cell through time that overlaps (IoU) it this much.
    private const double LeastOverlap = 0.3;

    /// <summary>Gathers the votes of all windows; the frames of one are in memory at once.</summary>
    /// <param name="numbers">The number of each frame.</param>
    /// <param name="read">Gives the labels of a frame by its index (Z Y X).</param>
    /// <param name="windows">In order of time.</param>
    /// <param name="cancellation">Stops between windows.</param>
    public static LinkEvidence Gather(IReadOnlyList<int> numbers, Func<int, LabelVolume> read, IEnumerable<SeenWindow> windows, CancellationToken cancellation = default)
    {
        var votes = new EvidenceVotes();
        var frames = new Dictionary<int, LabelVolume>();
        foreach (SeenWindow window in windows)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (int gone in frames.Keys.Except(window.Frames).ToArray()) frames.Remove(gone);
            var grid = new Extent(window.Seen.Extent.Sizes[1..]);
            var cells = new Dictionary<int, int>[window.Frames.Count];
            for (int place = 0; place < cells.Length; place++)
            {
                int frame = window.Frames[place];
                if (!frames.TryGetValue(frame, out LabelVolume? labels)) frames[frame] = labels = read(frame).Resample(grid);
                cells[place] = Match(labels.Voxels, window.Seen.Voxels.AsSpan((int)(place * grid.Count), (int)grid.Count));
            }

            for (int place = 0; place + 1 < cells.Length; place++)
            {
                var (before, after) = (window.Frames[place], window.Frames[place + 1]);
                if (before < after) votes.Add(numbers[before], cells[place], numbers[after], cells[place + 1], Present(window, place + 1), window);
            }
        }

        return votes.Evidence();
    }

    // Per label of the frame the cell through time, from 1, with which it overlaps most.
    private static Dictionary<int, int> Match(ReadOnlySpan<int> labels, ReadOnlySpan<int> seen)
    {
        var (ofLabel, ofSeen, shared) = (new Dictionary<int, int>(), new Dictionary<int, int>(), new Dictionary<(int Label, int Seen), int>());
        for (int voxel = 0; voxel < labels.Length; voxel++)
        {
            if (labels[voxel] != 0) ofLabel[labels[voxel]] = ofLabel.GetValueOrDefault(labels[voxel]) + 1;
            if (seen[voxel] != 0) ofSeen[seen[voxel]] = ofSeen.GetValueOrDefault(seen[voxel]) + 1;
            if (labels[voxel] != 0 && seen[voxel] != 0) shared[(labels[voxel], seen[voxel])] = shared.GetValueOrDefault((labels[voxel], seen[voxel])) + 1;
        }

        var best = new Dictionary<int, (int Seen, double Overlap)>();
        foreach (var (pair, count) in shared)
        {
            double overlap = (double)count / (ofLabel[pair.Label] + ofSeen[pair.Seen] - count);
            if (overlap >= LeastOverlap && overlap > best.GetValueOrDefault(pair.Label).Overlap) best[pair.Label] = (pair.Seen, overlap);
        }

        return best.ToDictionary(entry => entry.Key, entry => entry.Value.Seen);
    }

    private static HashSet<int> Present(SeenWindow window, int frame)
    {
        long size = window.Seen.Extent.Count / window.Seen.Extent[0];
        var present = new HashSet<int>();
        foreach (int label in window.Seen.Voxels.AsSpan((int)(frame * size), (int)size)) present.Add(label);
        return present;
    }
}
