namespace Morula.Bench.Operators;

/// <summary>Boxes of rank 3 that lie as proposals do: many around each of some cells.</summary>
internal static class RandomBoxes
{
    /// <summary>Boxes of 14 to 26 voxels a side, inside a field.</summary>
    /// <param name="count">Number of boxes.</param>
    /// <param name="cells">Number of places they gather at.</param>
    /// <param name="field">Side of the field.</param>
    /// <param name="random">Chance.</param>
    /// <returns>N x 6 numbers: lowers, then uppers.</returns>
    public static float[] Around(int count, int cells, int field, Random random)
    {
        const int Rank = 3;
        float[] centres = [.. Enumerable.Range(0, cells * Rank).Select(_ => 16 + (random.NextSingle() * (field - 32)))];
        var boxes = new float[count * 2 * Rank];
        for (int box = 0; box < count; box++)
        {
            for (int axis = 0; axis < Rank; axis++)
            {
                float half = 7 + (6 * random.NextSingle());
                float centre = centres[(box % cells * Rank) + axis] + (6 * random.NextSingle()) - 3;
                boxes[(box * 2 * Rank) + axis] = Math.Max(0, centre - half);
                boxes[(box * 2 * Rank) + Rank + axis] = Math.Min(field, centre + half);
            }
        }

        return boxes;
    }
}
