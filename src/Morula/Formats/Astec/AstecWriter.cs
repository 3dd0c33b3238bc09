using System.Globalization;
using Morula.Lineages;
using Morula.Volumes;

namespace Morula.Formats;

/// <summary>
/// Writes a movie as ASTEC would: <c>NAME_post_tTTT.tif</c> with background 1 and, in every frame anew, the labels 2, 3, ... in the order
/// of the tracks' ids, and <c>NAME_post_properties.xml</c>, where <c>cell_track</c> keeps the ids.
/// </summary>
/// <param name="folder">Folder to fill.</param>
/// <param name="name">Name of the embryo.</param>
/// <param name="lineage">The tracks.</param>
public sealed class AstecWriter(string folder, string name, Lineage lineage) : IMovieWriter
{
    private readonly Predecessors predecessors = new(lineage);
    private readonly Dictionary<TrackedCell, long> numbers = [];
    private readonly Dictionary<long, List<long>> successors = [];
    private readonly List<AstecCell> cells = [];

    /// <inheritdoc/>
    public bool NeedsCells => true;

    /// <inheritdoc/>
    public void Add(MovieFrame frame)
    {
        string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}_post_t{frame.Number:000}.tif"));
        if (frame.Cells.Count > AstecId.MostCells)
            throw new VolumeFormatException(path, $"frame {frame.Number} has {frame.Cells.Count} cells, but ASTEC numbers at most {AstecId.MostCells} of a frame.");
        Dictionary<int, int> labels = frame.Cells.Select((cell, index) => (cell.Id, Label: AstecId.FirstLabel + index)).ToDictionary(pair => pair.Id, pair => pair.Label);
        foreach (CellProperties cell in frame.Cells) Enter(cell, labels);
        var written = new LabelVolume(frame.Labels.Extent, frame.Labels.Spacing);
        FrameLabels.Replace(frame.Labels.Voxels, written.Voxels, label => label == 0 ? AstecId.Background : labels[label]);
        VolumeFile.Write(path, written);
    }

    /// <inheritdoc/>
    public void Finish() => AstecPropertiesFile.Write(Path.Combine(folder, $"{name}_post_properties.xml"), cells, successors);

    private void Enter(CellProperties cell, Dictionary<int, int> labels)
    {
        long number = AstecId.Of(cell.Frame, labels[cell.Id]);
        if (predecessors.Enter(cell.Frame, cell.Id) is { } before)
        {
            long previous = numbers[before];
            if (!successors.TryGetValue(previous, out List<long>? next)) successors[previous] = next = [];
            next.Add(number);
        }

        numbers[new TrackedCell(cell.Frame, cell.Id)] = number;
        List<(long, double)> contacts = [.. cell.Contacts.Select(contact => (AstecId.Of(cell.Frame, labels[contact.Id]), contact.Area))];
        double outside = cell.Surface - cell.Contacts.Sum(contact => contact.Area);
        // Sums of areas differ by rounding alone where a cell has neighbours all round.
        if (outside > 1e-6 * cell.Surface) contacts.Insert(0, (AstecId.Of(cell.Frame, AstecId.Background), outside));
        cells.Add(new AstecCell(number, cell, contacts));
    }
}
