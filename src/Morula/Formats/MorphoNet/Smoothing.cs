namespace Morula.Formats;

/// <summary>
/// Smooths a surface without shrinking it: steps towards the mean of the neighbours and slightly longer ones back in turn (Taubin,
/// "A signal processing approach to fair surface design", 1995).
/// </summary>
internal static class Smoothing
{
    private const double Inward = 0.5;
    private const double Outward = -0.53;

    /// <summary>Smooths a closed surface; triangles stay as they are.</summary>
    /// <param name="mesh">The surface.</param>
    /// <param name="rounds">Number of pairs of steps.</param>
    public static SurfaceMesh Apply(SurfaceMesh mesh, int rounds)
    {
        var (starts, neighbours) = Neighbours(mesh);
        double[] from = [.. mesh.Vertices];
        var to = new double[from.Length];
        for (int step = 0; step < 2 * rounds; step++)
        {
            Move(from, to, starts, neighbours, step % 2 == 0 ? Inward : Outward);
            (from, to) = (to, from);
        }

        return mesh with { Vertices = from };
    }

    private static void Move(double[] from, double[] to, int[] starts, int[] neighbours, double share)
    {
        const int axes = 3;
        for (int vertex = 0; vertex < starts.Length - 1; vertex++)
        {
            for (int axis = 0; axis < axes; axis++)
            {
                double sum = 0;
                for (int index = starts[vertex]; index < starts[vertex + 1]; index++) sum += from[(axes * neighbours[index]) + axis];
                double here = from[(axes * vertex) + axis];
                to[(axes * vertex) + axis] = here + (share * ((sum / (starts[vertex + 1] - starts[vertex])) - here));
            }
        }
    }

    // In a closed surface every edge goes once each way, so the ends of the edges that leave a vertex are all its neighbours.
    private static (int[] Starts, int[] Neighbours) Neighbours(SurfaceMesh mesh)
    {
        var starts = new int[mesh.VertexCount + 1];
        foreach (int vertex in mesh.Triangles) starts[vertex + 1]++;
        for (int vertex = 0; vertex < mesh.VertexCount; vertex++) starts[vertex + 1] += starts[vertex];
        var filled = starts[..^1];
        var neighbours = new int[mesh.Triangles.Length];
        for (int corner = 0; corner < mesh.Triangles.Length; corner++)
            neighbours[filled[mesh.Triangles[corner]]++] = mesh.Triangles[(corner / 3 * 3) + ((corner + 1) % 3)];
        return (starts, neighbours);
    }
}
