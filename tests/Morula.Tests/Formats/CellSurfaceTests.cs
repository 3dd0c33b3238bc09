using Morula.Formats;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Formats;

public sealed class CellSurfaceTests
{
    [Fact]
    public void A_voxel_is_a_cube()
    {
        SurfaceMesh mesh = Surface(new Extent(1, 1, 1), [1]);
        Assert.Equal((8, 12), (mesh.VertexCount, mesh.Triangles.Length / 3));
        Assert.Equal(1, mesh.Volume(), 12);
        RequireClosed(mesh);
    }

    [Theory]
    [InlineData(new[] { 2, 2, 2 }, "10000001")]
    [InlineData(new[] { 1, 2, 2 }, "1001")]
    [InlineData(new[] { 2, 2, 2 }, "10010110")]
    [InlineData(new[] { 3, 2, 2 }, "111110011111")]
    [InlineData(new[] { 3, 3, 3 }, "111111111111101111111111111")]
    public void Voxels_that_touch_by_edges_and_corners_or_enclose_a_hole_have_closed_surfaces(int[] sizes, string voxels)
    {
        SurfaceMesh mesh = Surface(new Extent(sizes), [.. voxels.Select(voxel => voxel - '0')]);
        RequireClosed(mesh);
        Assert.Equal(voxels.Count(voxel => voxel == '1'), mesh.Volume(), 9);
    }

    [Fact]
    public void Whatever_the_voxels_the_surface_is_closed_and_encloses_them()
    {
        var random = new Random(5);
        for (int round = 0; round < 60; round++)
        {
            int[] voxels = [.. Enumerable.Range(0, 150).Select(_ => random.Next(100) < 20 + (round % 60) ? 1 : 0)];
            SurfaceMesh mesh = Surface(new Extent(5, 5, 6), voxels);
            RequireClosed(mesh);
            Assert.Equal(voxels.Sum(), mesh.Volume(), 9);
            RequireClosed(Smoothing.Apply(mesh, 3));
        }
    }

    [Fact]
    public void Smoothing_keeps_the_volume_of_a_ball_and_takes_its_steps_away()
    {
        const int side = 24;
        var extent = new Extent(side, side, side);
        int[] ball = [.. Enumerable.Range(0, side * side * side).Select(index => Distance(index, side) < 9 ? 1 : 0)];
        SurfaceMesh stepped = Surface(extent, ball);
        SurfaceMesh smooth = Smoothing.Apply(stepped, 10);
        Assert.InRange(smooth.Volume() / ball.Sum(), 0.98, 1.02);
        Assert.InRange(Area(smooth) / (4 * Math.PI * 81), 0.97, 1.06);
        Assert.True(Area(stepped) > 1.4 * 4 * Math.PI * 81);
    }

    [Fact]
    public void Small_cells_are_drawn_on_finer_grids_than_large_ones()
    {
        var extent = new Extent(30, 30, 30);
        int[] voxels = new int[30 * 30 * 30];
        for (int index = 0; index < voxels.Length; index++)
        {
            if (index % 30 < 24) voxels[index] = 7;
            if (index % 30 >= 26 && index % 900 / 30 < 4 && index / 900 < 4) voxels[index] = 9;
        }

        var meshes = new CellMeshes(new LabelVolume(extent, new Spacing(0.5, 0.5, 0.5), voxels), 2);
        foreach (var (id, count, share) in new[] { (7, 24 * 30 * 30, 0.1), (9, 4 * 4 * 4, 0.3) })
        {
            SurfaceMesh mesh = meshes.Of(id);
            RequireClosed(mesh);
            Assert.InRange(mesh.Volume(), count * 0.125 * (1 - share), count * 0.125 * (1 + share));
        }

        Assert.True(meshes.Of(7).Triangles.Length < 3 * 2 * 6 * 15 * 15);
    }

    /// <summary>Every edge goes once each way, so that it lies between two triangles, and no vertex joins two sheets.</summary>
    internal static void RequireClosed(SurfaceMesh mesh)
    {
        var edges = new HashSet<(int, int)>();
        var fans = new Dictionary<int, Dictionary<int, int>>();
        for (int first = 0; first < mesh.Triangles.Length; first += 3)
        {
            for (int corner = 0; corner < 3; corner++)
            {
                var (at, next, last) = (mesh.Triangles[first + corner], mesh.Triangles[first + ((corner + 1) % 3)], mesh.Triangles[first + ((corner + 2) % 3)]);
                Assert.NotEqual(at, next);
                Assert.True(edges.Add((at, next)), "an edge goes twice the same way");
                if (!fans.TryGetValue(at, out Dictionary<int, int>? fan)) fans[at] = fan = [];
                fan.Add(next, last);
            }
        }

        Assert.All(edges, edge => Assert.Contains((edge.Item2, edge.Item1), edges));
        Assert.Equal(mesh.VertexCount, fans.Count);
        foreach (Dictionary<int, int> fan in fans.Values)
        {
            int start = fan.Keys.First();
            int steps = 1;
            for (int at = fan[start]; at != start; at = fan[at]) steps++;
            Assert.Equal(fan.Count, steps);
        }
    }

    private static SurfaceMesh Surface(Extent extent, int[] voxels)
    {
        var labels = new LabelVolume(extent, Spacing.Unit(3), voxels);
        return CellSurface.Of(labels, labels.Cells()[0]);
    }

    private static double Distance(int index, int side)
    {
        double[] place = [(index / side / side) - 11.5, (index / side % side) - 11.5, (index % side) - 11.5];
        return Math.Sqrt(place.Sum(part => part * part));
    }

    private static double Area(SurfaceMesh mesh)
    {
        double area = 0;
        for (int first = 0; first < mesh.Triangles.Length; first += 3)
        {
            double[][] corners = [.. mesh.Triangles[first..(first + 3)].Select(vertex => mesh.Vertices[(3 * vertex)..(3 * vertex + 3)])];
            double[] one = [.. corners[1].Zip(corners[0], (to, from) => to - from)];
            double[] other = [.. corners[2].Zip(corners[0], (to, from) => to - from)];
            double[] normal = [(one[1] * other[2]) - (one[2] * other[1]), (one[2] * other[0]) - (one[0] * other[2]), (one[0] * other[1]) - (one[1] * other[0])];
            area += Math.Sqrt(normal.Sum(part => part * part)) / 2;
        }

        return area;
    }
}
