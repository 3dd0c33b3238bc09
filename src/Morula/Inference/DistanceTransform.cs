using Morula.Volumes;

namespace Morula.Inference;

/// <summary>
/// Exact Euclidean distances in micrometres, anisotropic, one axis at a time as the lower envelope of parabolas (Felzenszwalb
/// and Huttenlocher, Theory of Computing 2012). Frames of a movie are separate.
/// </summary>
internal static class DistanceTransform
{
    /// <summary>Squared distance, µm², of every voxel to the nearest voxel where <paramref name="isFeature"/> holds; infinity where a frame has none.</summary>
    public static float[] Squared(Extent extent, Spacing spacing, Func<int, bool> isFeature)
    {
        var squared = new float[extent.Count];
        Parallel.For(0, extent[0], slice =>
        {
            int row = squared.Length / extent[0];
            for (int voxel = slice * row; voxel < (slice + 1) * row; voxel++)
                squared[voxel] = isFeature(voxel) ? 0 : float.PositiveInfinity;
        });
        for (int axis = extent.Rank - 1; axis >= SpatialAxes.First(extent.Rank); axis--)
        {
            double step = spacing[axis];
            int length = extent[axis];
            Lines.Apply(squared, extent, axis, () =>
            {
                var (vertices, starts) = (new int[length], new double[length + 1]);
                return (line, result) => Envelope(line, result, step, vertices, starts);
            });
        }

        return squared;
    }

    private static void Envelope(ReadOnlySpan<float> line, Span<float> result, double step, int[] vertices, double[] starts)
    {
        int count = 0;
        for (int place = 0; place < line.Length; place++)
        {
            if (float.IsPositiveInfinity(line[place])) continue;
            double start = double.NegativeInfinity;
            while (count > 0 && (start = Crossing(line, vertices[count - 1], place, step)) <= starts[count - 1]) count--;
            vertices[count] = place;
            starts[count++] = start;
        }

        if (count == 0)
        {
            result.Fill(float.PositiveInfinity);
            return;
        }

        int current = 0;
        for (int place = 0; place < line.Length; place++)
        {
            while (current + 1 < count && starts[current + 1] <= place) current++;
            double away = (place - vertices[current]) * step;
            result[place] = (float)((away * away) + line[vertices[current]]);
        }
    }

    /// <summary>Where the parabola of the second place begins to lie below that of the first, in voxels.</summary>
    private static double Crossing(ReadOnlySpan<float> line, int first, int second, double step)
    {
        double rise = (line[second] - (double)line[first]) / (step * step);
        return (rise + ((double)second * second) - ((double)first * first)) / (2.0 * (second - first));
    }
}
