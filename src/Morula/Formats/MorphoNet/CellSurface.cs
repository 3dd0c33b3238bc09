using Morula.Volumes;

namespace Morula.Formats;

/// <summary>
/// The surface of a cell as the faces of its voxels, closed and without edges or vertices at which it would touch itself: voxels that meet
/// along an edge or in a corner alone have vertices of their own there. Sides where the image ends are closed like others.
/// </summary>
internal sealed class CellSurface
{
    private const int Corners = 4;

    private readonly int label;
    private readonly int[] voxels;
    private readonly Extent extent;
    private readonly long[] steps;
    private readonly int[] origin;
    private readonly List<int[]> faces = [];
    private readonly List<int> owners = [];
    private readonly Dictionary<int, int> middles = [];
    private readonly List<double> places = [];
    private readonly List<int> triangles = [];
    private int[] roots = [];

    private CellSurface(LabelVolume labels, LabelledCell cell)
    {
        label = cell.Label;
        Block box = cell.Box.Grow([1, 1, 1]);
        voxels = labels.Crop(box).Voxels;
        extent = box.Extent;
        steps = extent.Strides();
        origin = box.Lower.ToArray();
    }

    /// <summary>The surface of a cell, vertices at the corners of its voxels.</summary>
    /// <param name="labels">Labels Z Y X.</param>
    /// <param name="cell">One of its cells.</param>
    /// <returns>Places in voxels from the corner of the image.</returns>
    public static SurfaceMesh Of(LabelVolume labels, LabelledCell cell)
    {
        var surface = new CellSurface(labels, cell);
        surface.FindFaces();
        surface.Join();
        surface.Triangulate();
        return new SurfaceMesh([.. surface.places], [.. surface.triangles]);
    }

    // A face is its four corners, counterclockwise from outside. Corners are numbered as voxels of the padded box are: corner v is the
    // lower one of voxel v.
    private void FindFaces()
    {
        for (int voxel = 0; voxel < voxels.Length; voxel++)
        {
            if (voxels[voxel] != label) continue;
            for (int axis = 0; axis < steps.Length; axis++)
            {
                int step = (int)steps[axis];
                if (voxels[voxel - step] != label) Add(voxel, voxel, axis, isUpper: false);
                if (voxels[voxel + step] != label) Add(voxel, voxel + step, axis, isUpper: true);
            }
        }
    }

    private void Add(int owner, int corner, int axis, bool isUpper)
    {
        var (one, other) = ((int)steps[(axis + 1) % steps.Length], (int)steps[(axis + 2) % steps.Length]);
        // The axes z, y, x are left-handed, so the upper side is gone round the other way.
        faces.Add(isUpper ? [corner, corner + other, corner + one + other, corner + one] : [corner, corner + one, corner + one + other, corner + other]);
        owners.Add(owner);
    }

    // Along an edge of the grid meet two faces, or four where two voxels touch by the edge alone. Sorted by voxel, neighbours in the list
    // belong together, and the four fall into the pairs of each voxel. Corners of a pair are one vertex.
    private void Join()
    {
        roots = [.. Enumerable.Range(0, faces.Count * Corners)];
        (int Low, int High, int Owner, int Side)[] sides = [.. faces.SelectMany((face, index) => Enumerable.Range(0, Corners).Select(side => SideOf(face, index, side)))];
        Array.Sort(sides);
        for (int index = 0; index < sides.Length; index += 2)
        {
            var (one, other) = (sides[index].Side, sides[index + 1].Side);
            Unite(one, Next(other));
            Unite(Next(one), other);
            bool isShared = Same(index, index + 2) || Same(index, index - 1);
            if (isShared) middles[one] = middles[other] = AddPlace(faces[one / Corners][one % Corners], faces[one / Corners][Next(one) % Corners]);
        }

        bool Same(int index, int neighbour) =>
            neighbour >= 0 && neighbour < sides.Length && sides[index].Low == sides[neighbour].Low && sides[index].High == sides[neighbour].High;
    }

    private (int Low, int High, int Owner, int Side) SideOf(int[] face, int index, int side)
    {
        var (from, to) = (face[side], face[(side + 1) % Corners]);
        return (Math.Min(from, to), Math.Max(from, to), owners[index], (index * Corners) + side);
    }

    // A face is two triangles; where a side has a vertex of its own in the middle, so that two sheets do not share the edge, it is a fan.
    private void Triangulate()
    {
        var vertices = new Dictionary<int, int>();
        for (int face = 0; face < faces.Count; face++)
        {
            var rim = new List<int>();
            for (int corner = face * Corners; corner < (face + 1) * Corners; corner++)
            {
                int root = Find(corner);
                if (!vertices.TryGetValue(root, out int vertex)) vertices[root] = vertex = AddPlace(faces[face][corner % Corners], faces[face][corner % Corners]);
                rim.Add(vertex);
                if (middles.TryGetValue(corner, out int middle)) rim.Add(middle);
            }

            if (rim.Count == Corners)
            {
                triangles.AddRange([rim[0], rim[1], rim[2], rim[0], rim[2], rim[3]]);
                continue;
            }

            int hub = AddPlace(faces[face][0], faces[face][2]);
            for (int index = 0; index < rim.Count; index++) triangles.AddRange([hub, rim[index], rim[(index + 1) % rim.Count]]);
        }
    }

    // Halfway between two corners of the grid.
    private int AddPlace(int corner, int other)
    {
        for (int axis = 0; axis < steps.Length; axis++)
            places.Add(origin[axis] + ((PlaceOf(corner, axis) + PlaceOf(other, axis)) * 0.5));
        return (places.Count / steps.Length) - 1;
    }

    private int PlaceOf(int corner, int axis) => (int)(corner / steps[axis] % extent[axis]);

    private static int Next(int side) => (side / Corners * Corners) + ((side + 1) % Corners);

    private int Find(int corner)
    {
        while (roots[corner] != corner) corner = roots[corner] = roots[roots[corner]];
        return corner;
    }

    private void Unite(int one, int other) => roots[Find(one)] = Find(other);
}
