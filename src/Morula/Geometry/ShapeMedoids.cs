namespace Morula.Geometry;

/// <summary>
/// Chooses from many box shapes the few that overlap all of them best: k medoids under the distance 1 - overlap, for boxes of one
/// centre (that distance: Redmon and Farhadi 2017, YOLO9000, section 2; partitioning around medoids: Kaufman and Rousseeuw 1990, with the
/// bookkeeping of Schubert and Rousseeuw 2021). Medoids are shapes that were seen, so an outlier cannot pull one to where no cell is.
/// </summary>
internal static class ShapeMedoids
{
    // Swaps end in a local optimum; several starts, of which the best is kept, make a bad one rare.
    private const int Starts = 4;

    /// <summary>Indices of the medoids, ascending: as many as asked for, fewer where there are fewer different shapes.</summary>
    /// <param name="shapes">Sizes per axis, above 0, all of one rank.</param>
    /// <param name="count">Number of medoids, at least 1.</param>
    /// <param name="random">Draws the starts.</param>
    public static int[] Find(IReadOnlyList<double[]> shapes, int count, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (shapes.Count == 0) return [];
        float[][] distances = Distances(shapes);
        MedoidSearch? best = null;
        for (int start = 0; start < Starts; start++)
        {
            var search = new MedoidSearch(distances, Seeds(distances, count, random));
            search.Descend();
            if (best is null || search.Cost < best.Cost) best = search;
        }

        return [.. best!.Medoids.Order()];
    }

    // k-means++ (Arthur and Vassilvitskii 2007), with the distance in the place of its square: that is what is summed.
    private static List<int> Seeds(float[][] distances, int count, Random random)
    {
        var seeds = new List<int> { random.Next(distances.Length) };
        float[] nearest = [.. distances[seeds[0]]];
        while (seeds.Count < count)
        {
            double left = random.NextDouble() * nearest.Sum(distance => (double)distance);
            int chosen = Array.FindIndex(nearest, distance => distance > 0 && (left -= distance) < 0);
            if (chosen < 0) chosen = Array.FindLastIndex(nearest, distance => distance > 0);
            if (chosen < 0) break;
            seeds.Add(chosen);
            for (int shape = 0; shape < nearest.Length; shape++) nearest[shape] = Math.Min(nearest[shape], distances[chosen][shape]);
        }

        return seeds;
    }

    private static float[][] Distances(IReadOnlyList<double[]> shapes) =>
        [.. shapes.Select(shape => shapes.Select(other => (float)(1 - ShapeOverlap.Of(shape, other))).ToArray())];
}
