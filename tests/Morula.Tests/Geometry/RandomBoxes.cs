namespace Morula.Tests.Geometry;

/// <summary>Boxes for tests, seeded.</summary>
internal static class RandomBoxes
{
    /// <summary>N x 2D numbers: boxes of 1 to <paramref name="largest"/> voxels inside <paramref name="side"/>.</summary>
    public static float[] Make(int seed, int rank, int count, float side = 40, float largest = 20)
    {
        var random = new Random(seed);
        var boxes = new float[count * 2 * rank];
        for (int box = 0; box < count; box++)
        {
            for (int axis = 0; axis < rank; axis++)
            {
                float size = 1 + (random.NextSingle() * (largest - 1));
                float lower = random.NextSingle() * (side - size);
                boxes[(box * 2 * rank) + axis] = lower;
                boxes[(box * 2 * rank) + rank + axis] = lower + size;
            }
        }

        return boxes;
    }

    public static float[] Scores(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => MathF.Round(random.NextSingle(), 2))];
    }

    public static float Overlap(float[] a, int first, float[] b, int second, int rank)
    {
        float shared = 1, volumeA = 1, volumeB = 1;
        for (int axis = 0; axis < rank; axis++)
        {
            float lowerA = a[(first * 2 * rank) + axis], upperA = a[(first * 2 * rank) + rank + axis];
            float lowerB = b[(second * 2 * rank) + axis], upperB = b[(second * 2 * rank) + rank + axis];
            shared *= Math.Max(0, Math.Min(upperA, upperB) - Math.Max(lowerA, lowerB));
            volumeA *= Math.Max(0, upperA - lowerA);
            volumeB *= Math.Max(0, upperB - lowerB);
        }

        float union = volumeA + volumeB - shared;
        return union > 0 ? shared / union : 0;
    }

    /// <summary>Gives boxes a first axis of one voxel, [0, 1): rank D becomes rank D + 1.</summary>
    public static float[] Lift(float[] boxes, int rank) =>
        [.. boxes.Chunk(2 * rank).SelectMany(box => (float[])[0, .. box[..rank], 1, .. box[rank..]])];
}
