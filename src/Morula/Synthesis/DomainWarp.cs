using System.Numerics;

namespace Morula.Synthesis;

/// <summary>
/// A smooth displacement of the field, which bends flat faces without tearing cells: a few random waves, evaluated on a
/// lattice of one node per corner of a block of voxels and interpolated linearly in between.
/// </summary>
internal sealed class DomainWarp
{
    private const int Waves = 24;

    private readonly int edge;
    private readonly int rows;
    private readonly int columns;
    private readonly Vector3[] nodes;

    /// <summary>Warps blocks of <paramref name="edge"/> voxels by waves of a few cell radii; amplitude in micrometres.</summary>
    public DomainWarp(EmbryoField field, int edge, float radius, float amplitude, RandomStream stream)
    {
        this.edge = edge;
        int slices = (field.Sizes[0] / edge) + 2;
        rows = (field.Sizes[1] / edge) + 2;
        columns = (field.Sizes[2] / edge) + 2;
        nodes = new Vector3[slices * rows * columns];
        var waves = new (Vector3 Number, Vector3 Size, float Phase)[Waves];
        for (int wave = 0; wave < Waves; wave++)
        {
            Vector3 number = field.Direction(ref stream) * (float)(2 * Math.PI / (radius * stream.Uniform(2.5, 6)));
            Vector3 size = field.Gaussian(ref stream) * amplitude * MathF.Sqrt(2f / Waves);
            waves[wave] = (number, size, (float)stream.Uniform(0, 2 * Math.PI));
        }

        if (amplitude <= 0) return;
        Parallel.For(0, slices * rows, line =>
        {
            for (int column = 0; column < columns; column++)
            {
                Vector3 point = field.PointAt(line / rows * edge, line % rows * edge, column * edge);
                Vector3 sum = Vector3.Zero;
                foreach (var (number, size, phase) in waves) sum += size * MathF.Sin(Vector3.Dot(number, point) + phase);
                nodes[(line * columns) + column] = sum;
            }
        });
    }

    /// <summary>Displacement at the start of a row of a block and its change per voxel along the last axis; place in voxels.</summary>
    public (Vector3 Start, Vector3 Step) Row(int slice, int row, int firstColumn)
    {
        int z = slice / edge;
        int y = row / edge;
        int node = (((z * rows) + y) * columns) + (firstColumn / edge);
        float alongZ = (slice + 0.5f - (z * edge)) / edge;
        float alongY = (row + 0.5f - (y * edge)) / edge;
        Vector3 left = Mix(node, alongZ, alongY);
        Vector3 right = Mix(node + 1, alongZ, alongY);
        Vector3 step = (right - left) / edge;
        return (left + (0.5f * step), step);
    }

    private Vector3 Mix(int node, float alongZ, float alongY)
    {
        Vector3 near = Vector3.Lerp(nodes[node], nodes[node + columns], alongY);
        int next = node + (rows * columns);
        return Vector3.Lerp(near, Vector3.Lerp(nodes[next], nodes[next + columns], alongY), alongZ);
    }
}
