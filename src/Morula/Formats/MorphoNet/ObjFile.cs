using System.Globalization;
using System.Text;

namespace Morula.Formats;

/// <summary>Surfaces as a Wavefront OBJ file: a group per object, vertices x y z, triangles by the numbers of the file's vertices from 1.</summary>
internal static class ObjFile
{
    /// <summary>Writes objects one after the other.</summary>
    public static void Write(string path, IEnumerable<(string Name, SurfaceMesh Mesh)> objects) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        int first = 1;
        foreach (var (name, mesh) in objects)
        {
            Write(writer, name, mesh, first);
            first += mesh.VertexCount;
        }
    });

    private static void Write(StreamWriter writer, string name, SurfaceMesh mesh, int first)
    {
        writer.Write($"g {name}\n");
        for (int place = 0; place < mesh.Vertices.Length; place += 3)
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"v {mesh.Vertices[place + 2]:0.###} {mesh.Vertices[place + 1]:0.###} {mesh.Vertices[place]:0.###}\n"));
        for (int corner = 0; corner < mesh.Triangles.Length; corner += 3)
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"f {first + mesh.Triangles[corner]} {first + mesh.Triangles[corner + 1]} {first + mesh.Triangles[corner + 2]}\n"));
    }
}
