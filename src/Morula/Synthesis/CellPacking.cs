using System.Numerics;

namespace Morula.Synthesis;

/// <summary>
/// Packs cells in the ellipsoid: an additively weighted Voronoi diagram, whose cells are star-shaped about their centres and
/// therefore connected. Centres move towards the centroids of their cells (Lloyd 1982) while weights move towards the
/// volumes the cells aim at; both are measured on a fixed set of evenly spread points.
/// </summary>
internal sealed class CellPacking
{
    private const int PointsPerCell = 128;
    private const float MostSwallowed = 0.6f;

    private readonly EmbryoField field;
    private readonly Vector3[] points;

    public CellPacking(EmbryoField field, int mostCells)
    {
        this.field = field;
        points = Spread(field, Math.Min(mostCells * PointsPerCell, 40_000));
    }

    /// <summary>Draws cells of varied size at random centres and relaxes them.</summary>
    public PackedCell[] Draw(int count, double sizeVariation, int steps, RandomStream stream)
    {
        var sizes = new double[count];
        for (int cell = 0; cell < count; cell++)
            sizes[cell] = field.ContentOf(1 + (sizeVariation * Math.Clamp(stream.Gaussian(), -2, 2)));
        double unit = field.Content / sizes.Sum();
        float mean = field.RadiusOf(field.Content / count);
        var cells = new PackedCell[count];
        for (int cell = 0; cell < count; cell++)
        {
            float radius = field.RadiusOf(sizes[cell] * unit);
            cells[cell] = new PackedCell(cell + 1, points[stream.Below(points.Length)], radius - mean, radius, radius);
        }

        for (int step = 0; step < steps; step++) cells = Relax(cells, 1, 0.8f);
        return KeepCentresFree(cells);
    }

    /// <summary>Moves centres a share of the way to their centroids and weights towards the volumes aimed at.</summary>
    public PackedCell[] Relax(PackedCell[] cells, float share, float gain)
    {
        var sums = new Vector3[cells.Length];
        var counts = new int[cells.Length];
        int[] owners = Owners(cells);
        for (int point = 0; point < points.Length; point++)
        {
            sums[owners[point]] += points[point];
            counts[owners[point]]++;
        }

        var relaxed = new PackedCell[cells.Length];
        for (int index = 0; index < cells.Length; index++)
        {
            PackedCell cell = cells[index];
            float radius = field.RadiusOf((double)field.Content * counts[index] / points.Length);
            Vector3 centroid = counts[index] == 0 ? cell.Centre : sums[index] / counts[index];
            float weight = cell.Weight + (gain * Math.Clamp(cell.Radius - radius, -0.2f * cell.Radius, 0.2f * cell.Radius));
            float rim = cell.RimRadius + (share * (cell.Radius - cell.RimRadius));
            relaxed[index] = cell with { Centre = cell.Centre + (share * (centroid - cell.Centre)), Weight = weight, RimRadius = rim };
        }

        return KeepCentresFree(Centred(relaxed));
    }

    /// <summary>The direction, out of a few random ones, along which a cell is longest.</summary>
    public Vector3 LongAxis(PackedCell[] cells, int index, ref RandomStream stream)
    {
        int[] owners = Owners(cells);
        var (best, longest) = (Vector3.UnitX, -1f);
        for (int trial = 0; trial < 8; trial++)
        {
            Vector3 direction = field.Direction(ref stream);
            float sum = 0;
            for (int point = 0; point < points.Length; point++)
            {
                if (owners[point] != index) continue;
                float along = Vector3.Dot(points[point] - cells[index].Centre, direction);
                sum += along * along;
            }

            if (sum > longest) (best, longest) = (direction, sum);
        }

        return best;
    }

    private int[] Owners(PackedCell[] cells)
    {
        var owners = new int[points.Length];
        Slabs.ForEach(points.Length, (_, start, end) =>
        {
            for (int point = start; point < end; point++) owners[point] = Owner(cells, points[point]);
        });
        return owners;
    }

    private static int Owner(PackedCell[] cells, Vector3 point)
    {
        var (owner, least) = (0, float.MaxValue);
        for (int cell = 0; cell < cells.Length; cell++)
        {
            float score = cells[cell].Score(point);
            if (score < least) (owner, least) = (cell, score);
        }

        return owner;
    }

    /// <summary>Shifts all weights so that the mean of radius less weight is the mean radius; the diagram does not change.</summary>
    private static PackedCell[] Centred(PackedCell[] cells)
    {
        float mean = cells.Average(cell => cell.Weight);
        return [.. cells.Select(cell => cell with { Weight = cell.Weight - mean })];
    }

    /// <summary>Lowers weights until every centre lies well inside its own cell, so that no cell is swallowed.</summary>
    private static PackedCell[] KeepCentresFree(PackedCell[] cells)
    {
        for (int cell = 0; cell < cells.Length; cell++)
        {
            float most = float.MaxValue;
            foreach (PackedCell other in cells)
            {
                if (other.Id == cells[cell].Id) continue;
                most = Math.Min(most, other.Weight + (MostSwallowed * Vector3.Distance(other.Centre, cells[cell].Centre)));
            }

            if (cells[cell].Weight > most) cells[cell] = cells[cell] with { Weight = most };
        }

        return cells;
    }

    /// <summary>Evenly spread points in the ellipsoid: the additive recurrence on the plastic number (Roberts 2018), rejected outside.</summary>
    private static Vector3[] Spread(EmbryoField field, int count)
    {
        var found = new List<Vector3>(count);
        const double Plastic3 = 1.22074408460575947536;
        const double Plastic2 = 1.32471795724474602596;
        double root = field.IsFlat ? Plastic2 : Plastic3;
        double step = 1 / root;
        for (long index = 1; found.Count < count; index++)
        {
            var unit = new Vector3(Fraction(index * step), Fraction(index * step * step), Fraction(index * step * step * step));
            Vector3 point = ((2 * unit) - Vector3.One) * field.SemiAxes;
            if ((point * field.InverseSemiAxes).LengthSquared() < 1) found.Add(point);
        }

        return [.. found];
    }

    private static float Fraction(double value) => (float)(value - Math.Floor(value));
}
