namespace Morula.Samples;

/// <summary>
/// A smooth random function on a grid of three axes: cubic B-splines over a coarse grid of normal numbers. Its mean is 0 and
/// its standard deviation 1 on average; no value exceeds what coefficients within 2.5 deviations can make.
/// </summary>
internal sealed class SmoothField
{
    // Mean over positions of the sum of squared cubic B-spline weights: what one axis leaves of the variance.
    private const double VarianceKept = 151.0 / 315;
    private const int Taps = 4;

    private readonly float[] nodes;
    private readonly int[] counts = new int[3];
    private readonly int[] tapCounts = new int[3];
    private readonly int[][] starts = new int[3][];
    private readonly float[][] weights = new float[3][];
    private readonly float[] line;

    /// <summary>Draws a field on <paramref name="sizes"/> voxels with nodes <paramref name="steps"/> voxels apart.</summary>
    public SmoothField(int[] sizes, double[] steps, double deviation, Random random)
    {
        double variance = 1;
        for (int axis = 0; axis < 3; axis++)
        {
            if (sizes[axis] > 1) variance *= VarianceKept;
            Lay(axis, sizes[axis], steps[axis], random.NextDouble());
        }

        nodes = new float[counts[0] * counts[1] * counts[2]];
        line = new float[counts[2]];
        for (int index = 0; index < nodes.Length; index++)
            nodes[index] = (float)(Math.Clamp(Normal(random), -2.5, 2.5) * deviation / Math.Sqrt(variance));
    }

    /// <summary>The values along one row; not for two threads at once.</summary>
    public void FillRow(int slice, int row, Span<float> values)
    {
        Array.Clear(line);
        for (int z = 0; z < tapCounts[0]; z++)
        {
            for (int y = 0; y < tapCounts[1]; y++)
            {
                float weight = weights[0][(slice * Taps) + z] * weights[1][(row * Taps) + y];
                int start = (((starts[0][slice] + z) * counts[1]) + starts[1][row] + y) * counts[2];
                for (int node = 0; node < line.Length; node++) line[node] += weight * nodes[start + node];
            }
        }

        float[] across = weights[2];
        for (int x = 0; x < values.Length; x++)
        {
            ReadOnlySpan<float> four = line.AsSpan(starts[2][x], Taps);
            int tap = x * Taps;
            values[x] = (across[tap] * four[0]) + (across[tap + 1] * four[1]) + (across[tap + 2] * four[2]) + (across[tap + 3] * four[3]);
        }
    }

    // The grid of nodes starts a random part of a step before the first voxel, so that no place of a sample is special.
    private void Lay(int axis, int size, double step, double offset)
    {
        starts[axis] = new int[size];
        weights[axis] = new float[size * Taps];
        tapCounts[axis] = size > 1 ? Taps : 1;
        counts[axis] = size > 1 ? (int)Math.Floor(((size - 1) / step) + offset) + Taps : Taps;
        for (int index = 0; index < size; index++)
        {
            double place = (index / step) + offset;
            int start = (int)place;
            double t = place - start;
            starts[axis][index] = start;
            Span<float> four = weights[axis].AsSpan(index * Taps, Taps);
            if (size == 1)
            {
                four[0] = 1;
                continue;
            }

            four[0] = (float)((1 - t) * (1 - t) * (1 - t) / 6);
            four[1] = (float)(((3 * t * t * t) - (6 * t * t) + 4) / 6);
            four[2] = (float)(((-3 * t * t * t) + (3 * t * t) + (3 * t) + 1) / 6);
            four[3] = (float)(t * t * t / 6);
        }
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
