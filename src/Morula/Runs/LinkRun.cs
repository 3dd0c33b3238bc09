using Morula.Formats;
using Morula.Tracking;
using Morula.Volumes;

namespace Morula.Runs;

/// <summary>Cells of single frames to tracks: a folder that <see cref="TrackedMovie"/> opens, with one label along each track.</summary>
public static class LinkRun
{
    /// <summary>Links a movie of labels; frames are read twice and never all in memory.</summary>
    /// <param name="labels">Label volumes of any program.</param>
    /// <param name="folder">Receives labels/NAME.tif and tracks.csv.</param>
    /// <param name="options">What links cost.</param>
    /// <param name="solver">Chooses the links.</param>
    /// <param name="evidence">What is known of single cells, or null.</param>
    /// <param name="progress">Share done, in [0, 1].</param>
    /// <param name="cancellation">Stops between frames.</param>
    /// <exception cref="VolumeFormatException">A frame cannot be read, holds no labels, has another size, or would be replaced.</exception>
    public static LinkOutcome Run(
        FrameSequence labels, string folder, LinkOptions options, ILinkSolver solver, LinkEvidence? evidence = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        string target = Path.Combine(folder, "labels");
        RequireElsewhere(labels, target);
        MovieCells movie = MovieCells.Look(labels, options, new Half(progress, labels.Count), cancellation);
        TrackedCells tracked = Linker.Link(movie, options, solver, evidence, cancellation);
        for (int index = 0; index < labels.Count; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            VolumeFile.Write(Path.Combine(target, $"{labels.NameOf(index)}.tif"), Renamed(labels.ReadLabels(index), tracked.Ids[index]));
            progress?.Report(0.5 + (0.5 * (index + 1) / labels.Count));
        }

        string table = Path.Combine(folder, LineageTable.FileName);
        TrackTable.Write(table, tracked);
        int cells = movie.Frames.Sum(frame => frame.Cells.Count);
        int dismissed = tracked.Ids.Sum(frame => frame.Values.Count(id => id == 0));
        return new LinkOutcome(target, table, tracked.Lineage, labels.Count, cells - dismissed, dismissed) { Ids = tracked.Ids };
    }

    private static void RequireElsewhere(FrameSequence labels, string target)
    {
        if (Path.GetFullPath(Path.GetDirectoryName(Path.GetFullPath(labels.PathOf(0)))!) == Path.GetFullPath(target))
            throw new VolumeFormatException(labels.Path, "the results would replace the labels; choose another output folder.");
    }

    private static LabelVolume Renamed(LabelVolume labels, IReadOnlyDictionary<int, int> ids)
    {
        var voxels = new int[labels.Voxels.Length];
        FrameLabels.Replace(labels.Voxels, voxels, label => label == 0 ? 0 : ids[label]);
        return new LabelVolume(labels.Extent, labels.Spacing, voxels);
    }

    // Reading is the first half of the way.
    private sealed class Half(IProgress<double>? whole, int count) : IProgress<int>
    {
        public void Report(int value) => whole?.Report(0.5 * value / count);
    }
}
