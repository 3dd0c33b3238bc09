using Morula.Geometry;

namespace Morula.Training;

/// <summary>Shapes of anchors for cells of known sizes along the axes of space, in voxels; smallest first.</summary>
internal static class AnchorShapes
{
    private const double Tail = 0.05;
    private const double Shrink = 0.8;
    private const double Grow = 1.2;
    private const double Least = 2;

    // Medoids need all distances between shapes; that many, evenly drawn in order of size, stand for any number of cells.
    private const int MostShapes = 1000;

    /// <summary>
    /// Cubes whose sides grow by one factor from below the small cells to above the large ones (side: root of the product of sizes). The
    /// margins leave room for the later frames of a movie, whose cells are smaller.
    /// </summary>
    public static double[][] Scale(IReadOnlyList<double[]> shapes, int count)
    {
        double[] sides = [.. shapes.Select(Side).Order()];
        double least = Math.Max(Least, Shrink * sides[(int)(Tail * (sides.Length - 1))]);
        double most = Math.Max(least, Grow * sides[(int)((1 - Tail) * (sides.Length - 1))]);
        return [.. Enumerable.Range(0, count).Select(index => new[] { Math.Round(least * Math.Pow(most / least, (double)index / Math.Max(1, count - 1)), 1) })];
    }

    /// <summary>
    /// Medoids of the shapes. Where there are fewer different shapes than anchors, the largest is repeated: every level needs the same number.
    /// </summary>
    public static double[][] Medoids(IReadOnlyList<double[]> shapes, int count, Random random)
    {
        double[][] sorted = [.. shapes.Select(shape => shape.Select(size => Math.Max(Least, size)).ToArray()).OrderBy(Side)];
        int drawn = Math.Min(sorted.Length, MostShapes);
        double[][] some = [.. Enumerable.Range(0, drawn).Select(index => sorted[(int)((index + 0.5) * sorted.Length / drawn)])];
        var medoids = ShapeMedoids.Find(some, count, random).Select(index => some[index]).ToList();
        while (medoids.Count < count) medoids.Add([.. medoids[^1]]);
        return [.. medoids];
    }

    /// <summary>Side of the cube of a shape's volume.</summary>
    public static double Side(double[] shape) => Math.Pow(shape.Aggregate(1.0, (product, size) => product * size), 1.0 / shape.Length);
}
