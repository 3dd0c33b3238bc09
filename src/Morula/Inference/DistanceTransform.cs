using Morula.Volumes;

namespace Morula.Inference;

/// <summary>
/// Exact Euclidean distances in micrometres, anisotropic, one axis at a time: two sweeps along the rows, then the lower envelope of parabolas along every other
/// axis (Felzenszwalb and Huttenlocher, Theory of Computing 2012). Frames of a movie are separate.
/// </summary>
internal static class DistanceTransform
{
    /// <summary>Marks the features of a row along the last axis, whose first voxel is given; nothing is marked before.</summary>
    public delegate void RowMarks(int start, Span<bool> marks);

    /// <summary>Squared distance, µm², of every voxel to the nearest feature; infinity where a frame has none.</summary>
    public static float[] Squared(Extent extent, Spacing spacing, RowMarks mark)
    {
        var squared = new float[extent.Count];
        AlongRows(squared, extent[extent.Rank - 1], spacing[extent.Rank - 1], mark);
        for (int axis = extent.Rank - 2; axis >= SpatialAxes.First(extent.Rank); axis--)
        {
            var steps = new Steps(extent[axis], spacing[axis]);
            Lines.Apply(squared, extent, axis, () => new Envelope(steps).Apply);
        }

        return squared;
    }

    private static void AlongRows(float[] squared, int length, double step, RowMarks mark)
    {
        float[] squares = [.. Enumerable.Range(0, length).Select(away => (float)(away * step * (away * step))), float.PositiveInfinity];
        Parallel.For(0, squared.Length / Math.Max(1, length), () => (Marks: new bool[length], Away: new int[length]), (row, _, room) =>
        {
            Array.Clear(room.Marks);
            mark(row * length, room.Marks);
            Span<float> result = squared.AsSpan(row * length, length);
            int away = length;
            for (int place = 0; place < length; place++) room.Away[place] = away = room.Marks[place] ? 0 : Math.Min(length, away + 1);
            for (int place = length - 1; place >= 0; place--)
            {
                away = Math.Min(room.Away[place], away + 1);
                result[place] = squares[away];
            }

            return room;
        }, _ => { });
    }

    /// <summary>What all lines of an axis share.</summary>
    private sealed class Steps
    {
        public Steps(int length, double step)
        {
            (Length, Step) = (length, step);
            Halves = [.. Enumerable.Range(0, length).Select(away => 0.5 / away)];
        }

        public int Length { get; }

        public double Step { get; }

        /// <summary>Half of the inverse of every distance in voxels.</summary>
        public double[] Halves { get; }
    }

    /// <summary>The lower envelope of the parabolas that stand on a line.</summary>
    private sealed class Envelope(Steps steps)
    {
        private readonly int[] vertices = new int[steps.Length];
        private readonly double[] starts = new double[steps.Length];
        private readonly double[] heights = new double[steps.Length];

        public void Apply(ReadOnlySpan<float> line, Span<float> result)
        {
            if (line.IndexOfAnyExcept(line[0]) < 0 && (line[0] == 0 || float.IsPositiveInfinity(line[0])))
            {
                line.CopyTo(result);
                return;
            }

            Read(line, result, Stack(line));
        }

        /// <summary>Finds the parabolas of the envelope, and from where in voxels each is the lowest; answers how many.</summary>
        private int Stack(ReadOnlySpan<float> line)
        {
            double inverse = 1 / (steps.Step * steps.Step);
            double[] halves = steps.Halves;
            int count = 0;
            for (int place = 0; place < line.Length; place++)
            {
                if (float.IsPositiveInfinity(line[place])) continue;
                double height = (line[place] * inverse) + ((double)place * place);
                heights[place] = height;
                double start = double.NegativeInfinity;
                while (count > 0)
                {
                    int last = vertices[count - 1];
                    start = (height - heights[last]) * halves[place - last];
                    if (start > starts[count - 1]) break;
                    count--;
                }

                vertices[count] = place;
                starts[count] = start;
                count++;
            }

            return count;
        }

        private void Read(ReadOnlySpan<float> line, Span<float> result, int count)
        {
            int current = 0;
            for (int place = 0; place < line.Length; place++)
            {
                while (current + 1 < count && starts[current + 1] <= place) current++;
                double away = (place - vertices[current]) * steps.Step;
                result[place] = (float)((away * away) + line[vertices[current]]);
            }
        }
    }
}
