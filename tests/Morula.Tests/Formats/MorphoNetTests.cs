using Morula.Formats;
using Morula.Runs;
using Xunit;

namespace Morula.Tests.Formats;

public sealed class MorphoNetTests : IDisposable
{
    private readonly SmallMovie movie = new();

    public void Dispose() => movie.Dispose();

    [Fact]
    public void Properties_are_lines_of_objects()
    {
        string folder = movie.Export(ExportFormat.MorphoNet);
        string[] lineage = File.ReadAllLines(Path.Combine(folder, "E_lineage.txt"));
        Assert.StartsWith("#", lineage[0]);
        Assert.Equal("type:time", lineage[1]);
        Assert.Equal(["3,1,0:4,1,0", "3,4,0:4,4,0", "3,70000,0:4,70000,0", "4,1,0:5,2,0", "4,1,0:5,3,0", "4,70000,0:5,70000,0"], lineage[2..8]);
        Assert.Contains("4,4,0:6,4,0", lineage);
        Assert.Contains("6,4,0:7,5,0", lineage);
        Assert.Contains("3,1,0:4.0", File.ReadAllLines(Path.Combine(folder, "E_volume.txt")));
        Assert.Equal(["type:space", "3,1,0:3,4,0", "3,4,0:3,1,0"], File.ReadAllLines(Path.Combine(folder, "E_contacts.txt"))[1..4]);
        Assert.StartsWith("3,1,0:3,4,0:", File.ReadAllLines(Path.Combine(folder, "E_contact_area.txt"))[2]);
        Assert.Equal(["type:string", "3,1,0:1"], File.ReadAllLines(Path.Combine(folder, "E_track.txt"))[1..3]);
    }

    [Fact]
    public void Every_object_is_a_closed_surface_in_its_place()
    {
        string[] lines = File.ReadAllLines(Path.Combine(movie.Export(ExportFormat.MorphoNet), "E_t003.obj"));
        Assert.Equal(["g 3,1,0", "g 3,4,0", "g 3,70000,0"], lines.Where(line => line[0] == 'g'));
        double[][] vertices = [.. lines.Where(line => line[0] == 'v').Select(line => line.Split(' ')[1..].Select(double.Parse).ToArray())];
        Assert.InRange(vertices.Min(place => place[0]), -0.4, 0.1);
        Assert.InRange(vertices.Max(place => place[0]), 4.4, 4.9);
        int[] corners = [.. lines.Where(line => line[0] == 'f').SelectMany(line => line.Split(' ')[1..].Select(int.Parse))];
        Assert.Equal([.. Enumerable.Range(1, vertices.Length)], corners.Distinct().Order());
        var mesh = new SurfaceMesh([.. vertices.SelectMany(place => place.Reverse())], [.. corners.Select(corner => corner - 1)]);
        CellSurfaceTests.RequireClosed(mesh);
        Assert.InRange(mesh.Volume() / 8, 0.6, 1.05);
    }
}
