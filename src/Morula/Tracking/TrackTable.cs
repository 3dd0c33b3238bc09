using System.Globalization;
using System.Text;
using Morula.Formats;

namespace Morula.Tracking;

/// <summary>Writes tracked cells as a table that <see cref="LineageTable"/> reads: t, label, parent_label, voxels and the centre in voxels.</summary>
public static class TrackTable
{
    /// <summary>Writes the table: a row per frame and cell, by frame and id.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, TrackedCells tracked)
    {
        var text = new StringBuilder("t,label,parent_label,voxels,z,y,x\n");
        MovieCells movie = tracked.Movie;
        for (int frame = 0; frame < movie.Frames.Count; frame++)
        {
            var ids = tracked.Ids[frame];
            foreach (SeenCell cell in movie.Frames[frame].Cells.Where(cell => ids[cell.Label] != 0).OrderBy(cell => ids[cell.Label]))
            {
                int id = ids[cell.Label];
                text.Append(CultureInfo.InvariantCulture, $"{movie.Frames[frame].Number},{id},{tracked.Lineage[id].ParentId},{cell.VoxelCount}");
                for (int axis = 0; axis < cell.Centre.Length; axis++) text.Append(CultureInfo.InvariantCulture, $",{cell.Centre[axis] / movie.Spacing[axis]:0.##}");
                text.Append('\n');
            }
        }

        AtomicFile.WriteText(path, text.ToString());
    }
}
