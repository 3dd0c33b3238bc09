using Morula.Formats;
using Morula.Volumes;

namespace Morula.Viewer;

/// <summary>The surfaces of all cells of a frame as numbers of 32 bits: their count; then for each label, vertices, triangles, places z y x (µm from the corner) and corners.</summary>
internal static class MeshReply
{
    private const int Axes = 3;

    /// <summary>Makes the surfaces.</summary>
    /// <param name="labels">Labels Z Y X.</param>
    /// <param name="cells">Their measures.</param>
    /// <param name="cancellation">Stops between cells.</param>
    public static byte[] Of(LabelVolume labels, IReadOnlyList<CellProperties> cells, CancellationToken cancellation)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        var meshes = new CellMeshes(labels, CellMeshes.StepFor(cells));
        writer.Write(cells.Count);
        foreach (CellProperties cell in cells)
        {
            cancellation.ThrowIfCancellationRequested();
            SurfaceMesh mesh = meshes.Of(cell.Id);
            writer.Write(cell.Id);
            writer.Write(mesh.VertexCount);
            writer.Write(mesh.Triangles.Length / Axes);
            for (int place = 0; place < mesh.Vertices.Length; place++) writer.Write((float)(mesh.Vertices[place] + (0.5 * labels.Spacing[place % Axes])));
            foreach (int corner in mesh.Triangles) writer.Write(corner);
        }

        writer.Flush();
        return stream.ToArray();
    }
}
