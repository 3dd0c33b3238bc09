using Morula.Volumes;

namespace Morula.Inference;

/// <summary>
/// Area of a digital surface by counting crossings along voxel-to-voxel directions (Cauchy-Crofton formula): 13 to 23 directions in
/// space, 4 to 6 in the plane. A surface of normal n and area A is crossed by A |n . s| / V steps s of a grid with voxel volume V.
/// The weights make the sum over directions equal to A: on average over all normals exactly, for each normal as nearly as least
/// squares allow: within 2 % root mean square, at worst 11 % too small for a surface that follows a plane of the grid exactly.
/// Counting faces would err by 0 to 73 % too much, 50 % on average.
/// </summary>
internal sealed class SurfaceWeights
{
    /// <summary>Normals per axis of a side of the cube whose points stand for all normals.</summary>
    private const int Samples = 24;

    private const int Sweeps = 20000;

    /// <summary>
    /// Along fine axes diagonal steps also span several voxels: with steps of one voxel at 0.43 x 0.18 x 0.18 µm all directions crowd
    /// around two latitudes, and a flat contact across Z is estimated 25 % too small.
    /// </summary>
    private const int LongestStride = 8;

    public SurfaceWeights(Spacing spacing)
    {
        int first = SpatialAxes.First(spacing.Rank);
        double[] steps = spacing.Steps[first..].ToArray();
        int[] strides = [.. steps.Select(step => Math.Clamp((int)Math.Round(steps.Max() / step), 1, LongestStride))];
        IEnumerable<int[]> plain = Directions(steps.Length);
        // Along an axis a longer step is no other direction, and the shortest one misses nothing.
        IEnumerable<int[]> longer = plain.Where(step => step.Count(part => part != 0) > 1)
            .Select(step => step.Zip(strides, (part, stride) => part * stride).ToArray())
            .Where(step => step.Max(Math.Abs) > 1);
        Steps = [.. plain.Concat(longer).Select(step => new int[first].Concat(step).ToArray())];
        double[] lengths = [.. Steps.Select(step => Math.Sqrt(steps.Select((size, axis) => size * size * step[first + axis] * step[first + axis]).Sum()))];
        double[][] units = [.. Steps.Select((step, index) => steps.Select((size, axis) => size * step[first + axis] / lengths[index]).ToArray())];
        double voxel = steps.Aggregate(1.0, (product, size) => product * size);
        double[] shares = Fit(units);
        Areas = [.. shares.Select((share, index) => share * voxel / lengths[index])];
    }

    /// <summary>Directions as voxel steps, one of each opposite pair, all axes (0 in time).</summary>
    public int[][] Steps { get; }

    /// <summary>Area, in µm², that one crossing along each direction stands for.</summary>
    public double[] Areas { get; }

    private static IEnumerable<int[]> Directions(int axes)
    {
        int count = (int)Math.Pow(3, axes);
        // In base 3 with digits -1, 0, 1 the opposite of a step lies mirrored at the middle, which is the zero step.
        for (int code = (count / 2) + 1; code < count; code++)
        {
            var step = new int[axes];
            int rest = code;
            for (int axis = axes - 1; axis >= 0; axis--, rest /= 3) step[axis] = (rest % 3) - 1;
            yield return step;
        }
    }

    /// <summary>Non-negative shares c that minimise the mean square of (sum of c |n . unit|) - 1, by coordinate descent.</summary>
    private static double[] Fit(double[][] units)
    {
        List<(double[] Normal, double Weight)> normals = Normals(units[0].Length);
        int count = units.Length;
        var (products, sums) = (new double[count, count], new double[count]);
        foreach (var (normal, weight) in normals)
        {
            double[] seen = [.. units.Select(unit => Math.Abs(unit.Zip(normal, (one, other) => one * other).Sum()))];
            for (int row = 0; row < count; row++)
            {
                sums[row] += weight * seen[row];
                for (int column = 0; column < count; column++) products[row, column] += weight * seen[row] * seen[column];
            }
        }

        var shares = new double[count];
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            for (int row = 0; row < count; row++)
            {
                double slope = sums[row];
                for (int column = 0; column < count; column++) slope -= products[row, column] * shares[column];
                shares[row] = Math.Max(0, shares[row] + (slope / products[row, row]));
            }
        }

        double mean = shares.Zip(sums, (share, sum) => share * sum).Sum() / normals.Sum(normal => normal.Weight);
        return [.. shares.Select(share => share / mean)];
    }

    /// <summary>Unit normals through the points of one side of each axis of a cube, weighted by the angle each stands for.</summary>
    private static List<(double[] Normal, double Weight)> Normals(int axes)
    {
        var normals = new List<(double[], double)>();
        var grid = new Extent([.. Enumerable.Repeat(Samples, axes - 1)]);
        for (int side = 0; side < axes; side++)
        {
            for (long point = 0; point < grid.Count; point++)
            {
                var normal = new double[axes];
                long rest = point;
                for (int axis = 0; axis < axes; axis++)
                {
                    normal[axis] = axis == side ? 1 : (((rest % Samples) + 0.5) * 2 / Samples) - 1;
                    if (axis != side) rest /= Samples;
                }

                double length = Math.Sqrt(normal.Sum(part => part * part));
                normals.Add(([.. normal.Select(part => part / length)], Math.Pow(length, -axes)));
            }
        }

        return normals;
    }
}
