using Morula.Inference;
using Morula.Model;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Inference;

public sealed class CellTableTests
{
    private static readonly double[] IsotropicSteps = [0.4, 0.4, 0.4];
    private static readonly double[] AnisotropicSteps = [0.43, 0.18, 0.18];

    [Theory]
    [InlineData(false, 3, 3, 3, 0.03)]
    [InlineData(true, 3, 3, 3, 0.03)]
    [InlineData(false, 5, 3, 2.5, 0.03)]
    [InlineData(true, 5, 3, 2.5, 0.03)]
    [InlineData(true, 2.5, 3, 5, 0.03)]
    [InlineData(false, 6, 2, 2, 0.03)]
    [InlineData(true, 2, 6, 2, 0.03)]
    public void Volume_surface_and_centre_of_ellipsoids(bool anisotropic, double depth, double height, double width, double tolerance)
    {
        double[] steps = anisotropic ? AnisotropicSteps : IsotropicSteps;
        double[] axes = [depth, height, width];
        double[] centre = [6.61, 6.47, 6.53];
        LabelVolume image = Shape(steps, 13.2, place => place.Select((at, axis) => Math.Pow((at - centre[axis]) / axes[axis], 2)).Sum() <= 1 ? 1 : 0);
        CellRow row = Assert.Single(CellTable.Measure(image, Some(3, 1)).Rows);
        Assert.Equal(1, row.Volume / (4 * Math.PI / 3 * depth * height * width), 0.02);
        Assert.Equal(1, row.Surface / EllipsoidSurface(axes), tolerance);
        for (int axis = 0; axis < 3; axis++) Assert.Equal(centre[axis], row.Centre[axis], 0.05);
        Assert.Empty(row.Contacts);
    }

    [Fact]
    public void A_cell_that_only_a_neighbouring_block_sees_counts_as_background()
    {
        var census = new CellCensus(2);
        census.Add(4, CellTally.Of(6, 1, new Block([0, 0], [2, 3]), [3, 6]));
        census.AddSurface(0, 4, 10);
        census.AddSurface(0, 9, 7);
        census.AddSurface(4, 9, 2);
        census.AddContact(4, 9, 2);
        CellCensus renamed = census.Renamed(label => label == 4 ? 1 : 0);
        CellRow row = Assert.Single(CellTable.Of(renamed, Spacing.Unit(2), _ => (0.5f, 1)).Rows);
        Assert.Equal((1, 12.0), (row.Label, row.Surface));
        Assert.Empty(row.Contacts);
    }

    [Fact]
    public void Outline_of_a_disc()
    {
        LabelVolume image = Shape([0.2, 0.25], 10, place => Math.Pow(place[0] - 5, 2) + Math.Pow(place[1] - 5, 2) <= 16 ? 1 : 0);
        CellRow row = Assert.Single(CellTable.Measure(image, Some(2, 1)).Rows);
        Assert.Equal(16 * Math.PI, row.Volume, 0.5);
        Assert.Equal(1, row.Surface / (8 * Math.PI), 0.03);
    }

    [Theory]
    [InlineData(1, 0, 0, 0.16)]
    [InlineData(0, 1, 0, 0.16)]
    [InlineData(0, 0, 1, 0.16)]
    [InlineData(1, 1, 0, 0.1)]
    [InlineData(0.3, 1, 0.5, 0.1)]
    [InlineData(1, 1, 1, 0.1)]
    public void Contact_of_two_half_balls_is_the_disc_between_them(double z, double y, double x, double tolerance)
    {
        double length = Math.Sqrt((z * z) + (y * y) + (x * x));
        LabelVolume image = Shape(AnisotropicSteps, 13.2, place =>
        {
            double[] from = [.. place.Select(at => at - 6.6)];
            if (from.Sum(part => part * part) > 25) return 0;
            return ((from[0] * z) + (from[1] * y) + (from[2] * x)) / length < 0.05 ? 1 : 2;
        });
        IReadOnlyList<CellRow> rows = CellTable.Measure(image, Some(3, 2)).Rows;
        CellContact contact = Assert.Single(rows[0].Contacts);
        Assert.Equal(2, contact.Label);
        Assert.Equal(1, contact.Area / (25 * Math.PI), tolerance);
        Assert.Equal(contact.Area, Assert.Single(rows[1].Contacts).Area);
    }

    [Fact]
    public void Rank_four_with_equal_frames_equals_rank_three()
    {
        LabelVolume frame = PackedCells.Make(new Extent(12, 14, 16), 6, 5, new Spacing(0.5, 0.3, 0.4));
        var movie = new LabelVolume(new Extent(2, 12, 14, 16), new Spacing(90, 0.5, 0.3, 0.4), [.. frame.Voxels, .. frame.Voxels]);
        IReadOnlyList<CellRow> single = CellTable.Measure(frame, Some(3, 6)).Rows;
        IReadOnlyList<CellRow> both = CellTable.Measure(movie, Some(4, 6)).Rows;
        for (int row = 0; row < single.Count; row++)
        {
            Assert.Equal(single[row].Volume, both[row].Volume, 1e-9);
            Assert.Equal(single[row].Surface, both[row].Surface, 1e-9);
            Assert.Equal(single[row].Centre, both[row].Centre.Skip(1));
            Assert.Equal(45, both[row].Centre[0], 1e-9);
            Assert.Equal(single[row].Contacts.Select(one => one.Label), both[row].Contacts.Select(one => one.Label));
        }
    }

    [Fact]
    public void The_written_table_is_the_golden_one()
    {
        var labels = new LabelVolume(new Extent(3, 4, 6), new Spacing(2, 1, 0.5));
        for (int voxel = 0; voxel < labels.Voxels.Length; voxel++) labels.Voxels[voxel] = voxel / 24 == 1 ? (voxel % 6 / 2) switch { 0 => 1, 1 => 3, _ => 0 } : 0;
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        PredictionFiles files = PredictionFiles.In(folder, "embryo");
        CellTableFile.Save(CellTable.Measure(labels, Some(3, 3)), files.Cells);
        string written = File.ReadAllText(files.Cells);
        Directory.Delete(folder, true);
        Assert.Equal(Path.Combine(folder, "embryo.tif"), files.Labels);
        Assert.EndsWith("embryo.cells.csv", files.Cells, StringComparison.Ordinal);
        string[] golden = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Inference", "Golden", "cells.csv"));
        Assert.Equal(string.Join('\n', golden.Where(line => !line.StartsWith('#'))) + "\n", written);
    }

    [Theory]
    [InlineData(2, "id,score,class,centre_y_um,centre_x_um,area_um2,outline_um,box_y0,box_x0,box_y1,box_x1,neighbours,contact_um\n")]
    [InlineData(4, "id,score,class,centre_t_s,centre_z_um,centre_y_um,centre_x_um,volume_um3,surface_um2,box_t0,box_z0,box_y0,box_x0,box_t1,box_z1,box_y1,box_x1,neighbours,contact_um2\n")]
    public void Columns_follow_the_rank(int rank, string header) => Assert.Equal(header, CellTableFile.Text(new CellTable(rank, [])));

    [Fact]
    public void A_label_without_detection_is_refused() =>
        Assert.Throws<ArgumentException>(() => CellTable.Measure(new LabelVolume(new Extent(1, 2), Spacing.Unit(2), [1, 2]), Some(2, 1)));

    private static LabelVolume Shape(double[] steps, double side, Func<double[], int> label)
    {
        var spacing = new Spacing(steps);
        var extent = new Extent([.. steps.Select(step => (int)Math.Round(side / step))]);
        var voxels = new int[extent.Count];
        for (int voxel = 0; voxel < voxels.Length; voxel++)
            voxels[voxel] = label([.. Neighbourhood.Coordinates(voxel, extent).Select((place, axis) => (place + 0.5) * steps[axis])]);
        return new LabelVolume(extent, spacing, voxels);
    }

    /// <summary>Surface by quadrature over the two angles.</summary>
    private static double EllipsoidSurface(double[] axes)
    {
        const int Count = 400;
        double sum = 0;
        for (int row = 0; row < Count; row++)
        {
            double polar = Math.PI * (row + 0.5) / Count;
            for (int column = 0; column < Count; column++)
            {
                double around = 2 * Math.PI * (column + 0.5) / Count;
                double[] normal = [Math.Sin(polar) * Math.Cos(around), Math.Sin(polar) * Math.Sin(around), Math.Cos(polar)];
                sum += axes[0] * axes[1] * axes[2] * Math.Sqrt(normal.Select((part, axis) => Math.Pow(part / axes[axis], 2)).Sum()) * Math.Sin(polar);
            }
        }

        return sum * 2 * Math.PI * Math.PI / Count / Count;
    }

    private static Detections Some(int rank, int count) => new(
        rank, new float[2 * rank * count], [.. Enumerable.Range(0, count).Select(index => 0.95f - (0.1f * index))],
        [.. Enumerable.Repeat(1, count)], Extent.Cube(rank, 1), new float[count]);
}
