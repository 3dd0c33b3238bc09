using System.Globalization;
using System.Text;
using Morula.Lineages;

namespace Morula.Formats;

/// <summary>
/// Writes <c>tracks.csv</c> with a row per cell and frame (t, label, parent_label, voxels and the centre z, y, x in voxels, that of the first
/// voxel being 0) and <c>lineage.csv</c> with a row per track (track, first, last, parent); on demand also <c>labels/tTTT.tif</c>, with
/// which the folder is this program's own layout.
/// </summary>
/// <param name="folder">Folder to fill.</param>
/// <param name="lineage">The tracks.</param>
/// <param name="writeLabels">Whether the label volumes are written too.</param>
public sealed class MovieTableWriter(string folder, Lineage lineage, bool writeLabels) : IMovieWriter
{
    private readonly StringBuilder cells = new("t,label,parent_label,voxels,z,y,x\n");

    /// <inheritdoc/>
    public bool NeedsCells => true;

    /// <inheritdoc/>
    public void Add(MovieFrame frame)
    {
        if (writeLabels)
            VolumeFile.Write(Path.Combine(folder, "labels", string.Create(CultureInfo.InvariantCulture, $"t{frame.Number:000}.tif")), frame.Labels);
        foreach (CellProperties cell in frame.Cells)
        {
            cells.Append(CultureInfo.InvariantCulture, $"{frame.Number},{cell.Id},{lineage[cell.Id].ParentId},{cell.Voxels}");
            for (int axis = 0; axis < cell.Centre.Length; axis++)
                cells.Append(CultureInfo.InvariantCulture, $",{cell.Centre[axis] / frame.Labels.Spacing[axis]:0.##}");
            cells.Append('\n');
        }
    }

    /// <inheritdoc/>
    public void Finish()
    {
        var tracks = new StringBuilder("track,first,last,parent\n");
        foreach (Track track in lineage.Tracks)
            tracks.Append(CultureInfo.InvariantCulture, $"{track.Id},{track.FirstFrame},{track.LastFrame},{track.ParentId}\n");
        AtomicFile.WriteText(Path.Combine(folder, "lineage.csv"), tracks.ToString());
        AtomicFile.WriteText(Path.Combine(folder, LineageTable.FileName), cells.ToString());
    }
}
