namespace Morula.Formats;

/// <summary>A surface of triangles, closed where every edge belongs to two of them in opposite directions.</summary>
/// <param name="Vertices">3 numbers a vertex: z, y, x in µm.</param>
/// <param name="Triangles">3 vertices a triangle, counterclockwise seen from outside in axes x, y, z.</param>
internal sealed record SurfaceMesh(double[] Vertices, int[] Triangles)
{
    /// <summary>Number of vertices.</summary>
    public int VertexCount => Vertices.Length / 3;

    /// <summary>Volume that the surface encloses, µm³; positive where the triangles look outward.</summary>
    public double Volume()
    {
        double sum = 0;
        for (int first = 0; first < Triangles.Length; first += 3)
        {
            ReadOnlySpan<double> a = Vertex(Triangles[first]);
            ReadOnlySpan<double> b = Vertex(Triangles[first + 1]);
            ReadOnlySpan<double> c = Vertex(Triangles[first + 2]);
            // Of the corners in the order z, y, x, whose determinant has the sign opposite to that of x, y, z.
            sum -= (a[0] * ((b[1] * c[2]) - (b[2] * c[1]))) - (a[1] * ((b[0] * c[2]) - (b[2] * c[0]))) + (a[2] * ((b[0] * c[1]) - (b[1] * c[0])));
        }

        return sum / 6;
    }

    private ReadOnlySpan<double> Vertex(int index) => Vertices.AsSpan(3 * index, 3);
}
