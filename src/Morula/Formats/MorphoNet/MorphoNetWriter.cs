using System.Globalization;
using Morula.Lineages;

namespace Morula.Formats;

/// <summary>
/// Writes what MorphoNet shows: <c>NAME_tTTT.obj</c> with a closed surface per cell in µm, called <c>t,id,0</c>, and a text per property:
/// lineage (time), contacts (space) and their areas (dict), volume and surface (float), track (string).
/// </summary>
/// <param name="folder">Folder to fill.</param>
/// <param name="name">Name of the embryo.</param>
/// <param name="lineage">The tracks.</param>
/// <param name="meshStep">Step of the grid on which surfaces are drawn, µm; null: a tenth of a usual cell of the first frame.</param>
public sealed class MorphoNetWriter(string folder, string name, Lineage lineage, double? meshStep = null) : IMovieWriter
{
    private readonly Predecessors predecessors = new(lineage);
    private readonly PropertyText descent = new("lineage: mother and daughter, or a cell and itself in the next frame", "time");
    private readonly PropertyText contacts = new("cells that touch", "space");
    private readonly PropertyText areas = new("contact area in um2", "dict");
    private readonly PropertyText volumes = new("volume in um3", "float");
    private readonly PropertyText surfaces = new("surface in um2", "float");
    private readonly PropertyText tracks = new("id of the track", "string");
    private double? step = meshStep;

    /// <inheritdoc/>
    public bool NeedsCells => true;

    /// <inheritdoc/>
    public void Add(MovieFrame frame)
    {
        step ??= CellMeshes.StepFor(frame.Cells);
        var meshes = new CellMeshes(frame.Labels, step.Value);
        ObjFile.Write(
            Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}_t{frame.Number:000}.obj")),
            frame.Cells.Select(cell => (PropertyText.ObjectOf(new TrackedCell(frame.Number, cell.Id)), meshes.Of(cell.Id))));
        foreach (CellProperties cell in frame.Cells) Enter(cell);
    }

    /// <inheritdoc/>
    public void Finish()
    {
        foreach (var (property, text) in new[] { ("lineage", descent), ("contacts", contacts), ("contact_area", areas), ("volume", volumes), ("surface", surfaces), ("track", tracks) })
            text.Write(Path.Combine(folder, $"{name}_{property}.txt"));
    }

    private void Enter(CellProperties cell)
    {
        var here = new TrackedCell(cell.Frame, cell.Id);
        if (predecessors.Enter(cell.Frame, cell.Id) is { } before) descent.Add(before, here);
        foreach (CellNeighbour neighbour in cell.Contacts)
        {
            contacts.Add(here, new TrackedCell(cell.Frame, neighbour.Id));
            areas.Add(here, new TrackedCell(cell.Frame, neighbour.Id), neighbour.Area);
        }

        volumes.Add(here, cell.Volume);
        surfaces.Add(here, cell.Surface);
        tracks.Add(here, cell.Id.ToString(CultureInfo.InvariantCulture));
    }
}
