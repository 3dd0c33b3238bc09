using Morula.Lineages;
using Morula.Volumes;

namespace Morula.Formats;

/// <summary>
/// Writes <c>NAME.xml</c>, which TrackMate and MaMuT of Fiji open for correction by hand: a spot per cell and frame, as large as the cell,
/// and a track per family. Frames count from 0 with the first that is written, as those of an image of these frames do.
/// </summary>
/// <param name="folder">Folder to fill.</param>
/// <param name="name">Name of the embryo.</param>
/// <param name="lineage">The tracks.</param>
/// <param name="options">Time and image.</param>
public sealed class TrackMateWriter(string folder, string name, Lineage lineage, TrackMateOptions options) : IMovieWriter
{
    private readonly Predecessors predecessors = new(lineage);
    private readonly Dictionary<TrackedCell, TrackMateSpot> places = [];
    private readonly List<TrackMateSpot> spots = [];
    private int? firstFrame;
    private int lastFrame;
    private Extent extent;
    private Spacing spacing;

    /// <inheritdoc/>
    public bool NeedsCells => true;

    /// <inheritdoc/>
    public void Add(MovieFrame frame)
    {
        firstFrame ??= frame.Number;
        lastFrame = frame.Number;
        (extent, spacing) = (frame.Labels.Extent, frame.Labels.Spacing);
        foreach (CellProperties cell in frame.Cells)
        {
            TrackMateSpot? before = predecessors.Enter(cell.Frame, cell.Id) is { } place ? places[place] : null;
            var spot = new TrackMateSpot(spots.Count, before?.Family ?? spots.Count, before?.Id ?? -1, frame.Number - firstFrame.Value, cell);
            places[new TrackedCell(cell.Frame, cell.Id)] = spot;
            spots.Add(spot);
        }
    }

    /// <inheritdoc/>
    public void Finish()
    {
        if (firstFrame is not { } first) return;
        AtomicFile.Write(Path.Combine(folder, $"{name}.xml"), stream => new TrackMateDocument(spots, lastFrame - first + 1, extent, spacing, options).Write(stream));
    }
}
