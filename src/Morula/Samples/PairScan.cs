using Morula.Formats;
using Morula.Volumes;

namespace Morula.Samples;

/// <summary>Reads a pair once, run by run, for its record in the index.</summary>
internal static class PairScan
{
    /// <summary>Voxels of the working grid held at once: 16 MiB of intensities or labels.</summary>
    public const long MostVoxels = 1 << 22;

    /// <summary>The record of a pair.</summary>
    /// <param name="pair">The files.</param>
    /// <param name="rank">Axes that are asked for; null: by content.</param>
    /// <param name="options">Grid and percentiles.</param>
    /// <param name="cancellation">Stops between runs.</param>
    /// <param name="mostVoxels">Voxels held at once, unless a file can only be read from its front.</param>
    /// <exception cref="VolumeFormatException">A file cannot be read, the two do not show one field, or there is no cell.</exception>
    public static IndexRecord Of(Pair pair, int? rank, SampleOptions options, CancellationToken cancellation, long mostVoxels = MostVoxels)
    {
        using var image = VolumeSource.OpenImage(pair.ImagePath, rank: rank);
        using var labels = VolumeSource.OpenLabels(pair.LabelPath, rank: image.Extent.Rank);
        options = options.OfFrame(image.Extent.Rank);
        CommonGrid.RequireSpacing(pair, image.Info.IsCalibrated || labels.Info.IsCalibrated, options);
        var (working, spacing) = CommonGrid.Of(pair, (image.Extent, image.Spacing), (labels.Extent, labels.Spacing), options);
        if (image.IsSequential || labels.IsSequential) mostVoxels = working.Count;
        CellList cells = CellsOf(labels, working, options.BackgroundLabel, mostVoxels, cancellation);
        return new IndexRecord(working, spacing, IntensityScan.Of(image, working, options, mostVoxels, cancellation), cells);
    }

    private static CellList CellsOf(VolumeSource labels, Extent working, int background, long mostVoxels, CancellationToken cancellation)
    {
        CellList cells = CellsOn(working);
        // Cells so small that none is left on the working grid are cells all the same.
        if (cells.Without(background).Count == 0 && (working == labels.Extent || CellsOn(labels.Extent).Without(background).Count == 0))
            throw CommonGrid.HoldsNoCell(labels.Path);
        return cells;

        CellList CellsOn(Extent grid)
        {
            var tally = new LabelTally(grid.Rank);
            foreach (Block run in grid.Runs(mostVoxels))
            {
                cancellation.ThrowIfCancellationRequested();
                LabelVolume part = labels.ReadLabels(NearestResampling.SourceOf(labels.Extent, grid, run));
                tally.Add(new LabelVolume(run.Extent, labels.Spacing, NearestResampling.Apply(part.Voxels, labels.Extent, grid, run)), run.Lower);
            }

            return CellList.Of(tally, grid.Rank);
        }
    }
}
