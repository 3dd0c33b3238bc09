using Morula.Geometry;
using Xunit;

namespace Morula.Tests.Geometry;

public sealed class ShapeMedoidsTests
{
    [Theory, Ranks]
    public void Few_shapes_get_the_medoids_of_an_exhaustive_search(int rank)
    {
        for (int seed = 0; seed < 6; seed++)
        {
            double[][] shapes = Shapes(seed, rank, 14);
            int[] found = ShapeMedoids.Find(shapes, 3, new Random(seed));
            Assert.Equal(3, found.Distinct().Count());
            Assert.Equal(Exhaustive(shapes, 3), Cost(shapes, found), 1e-5);
        }
    }

    [Theory, Ranks]
    public void No_single_exchange_improves_on_the_medoids_of_many_shapes(int rank)
    {
        double[][] shapes = Shapes(rank, rank, 60);
        int[] found = ShapeMedoids.Find(shapes, 6, new Random(1));
        double cost = Cost(shapes, found);
        for (int place = 0; place < found.Length; place++)
        {
            for (int other = 0; other < shapes.Length; other++)
            {
                int[] exchanged = [.. found];
                exchanged[place] = other;
                Assert.True(Cost(shapes, exchanged) >= cost - 1e-5);
            }
        }
    }

    [Theory, Ranks]
    public void The_same_seed_gives_the_same_medoids(int rank)
    {
        double[][] shapes = Shapes(9, rank, 200);
        Assert.Equal(ShapeMedoids.Find(shapes, 6, new Random(4)), ShapeMedoids.Find(shapes, 6, new Random(4)));
    }

    [Fact]
    public void Equal_shapes_have_one_medoid_and_none_have_none()
    {
        Assert.Single(ShapeMedoids.Find([[3, 4], [3, 4], [3, 4]], 2, new Random(1)));
        Assert.Equal(2, ShapeMedoids.Find([[3, 4], [9, 4], [3, 4]], 3, new Random(1)).Length);
        Assert.Empty(ShapeMedoids.Find([], 2, new Random(1)));
    }

    [Theory, Ranks]
    public void Overlap_of_shapes_is_that_of_boxes_with_one_centre(int rank)
    {
        double[][] shapes = Shapes(5, rank, 2);
        float[] boxes = [.. shapes.SelectMany(shape => (float[])[.. shape.Select(size => (float)(-size / 2)), .. shape.Select(size => (float)(size / 2))])];
        Assert.Equal(RandomBoxes.Overlap(boxes, 0, boxes, 1, rank), ShapeOverlap.Of(shapes[0], shapes[1]), 1e-5);
        Assert.Equal((1 + ShapeOverlap.Of(shapes[0], shapes[1])) / 2, ShapeOverlap.MeanBest(shapes, [shapes[0]]), 1e-12);
    }

    internal static double[][] Shapes(int seed, int rank, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, rank).Select(_ => 2 + (random.NextDouble() * 30)).ToArray())];
    }

    private static double Cost(double[][] shapes, int[] medoids) => shapes.Sum(shape => medoids.Min(medoid => 1 - ShapeOverlap.Of(shape, shapes[medoid])));

    private static double Exhaustive(double[][] shapes, int count)
    {
        return Choose([], 0);

        double Choose(int[] chosen, int from) => chosen.Length == count
            ? Cost(shapes, chosen)
            : Enumerable.Range(from, shapes.Length - from).Select(next => Choose([.. chosen, next], next + 1)).DefaultIfEmpty(double.PositiveInfinity).Min();
    }
}
