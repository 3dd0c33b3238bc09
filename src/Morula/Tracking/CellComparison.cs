namespace Morula.Tracking;

/// <summary>Compares the cells of two frames of a movie.</summary>
/// <param name="movie">The movie.</param>
/// <param name="from">Index of the earlier frame.</param>
/// <param name="to">Index of the later frame.</param>
internal sealed class CellComparison(MovieCells movie, int from, int to)
{
    private readonly IReadOnlyList<SeenCell> before = movie.Frames[from].Cells;
    private readonly IReadOnlyList<SeenCell> after = movie.Frames[to].Cells;
    private readonly double[] drift = movie.Drift(from, to);

    // Steps add up like those of a random walk.
    private readonly double frames = Math.Sqrt(to - from);

    /// <summary>Cells of the earlier frame.</summary>
    public IReadOnlyList<SeenCell> Before => before;

    /// <summary>Cells of the later frame.</summary>
    public IReadOnlyList<SeenCell> After => after;

    /// <summary>Distance of two centres once the drift is undone, in radii of the earlier cell.</summary>
    public double Distance(int one, int other)
    {
        double sum = 0;
        for (int axis = 0; axis < drift.Length; axis++)
        {
            double part = after[other].Centre[axis] - before[one].Centre[axis] - drift[axis];
            sum += part * part;
        }

        return Math.Sqrt(sum) / before[one].Radius;
    }

    /// <summary>A cell compared with one of the later frame.</summary>
    /// <param name="one">Place in the earlier frame.</param>
    /// <param name="other">Place in the later frame.</param>
    public LinkFeatures Link(int one, int other)
    {
        var (cell, later) = (before[one], after[other]);
        long shared = movie.Overlap(from, to, (one, other));
        return new LinkFeatures(
            Length(Step(one, other)) / Math.Sqrt(cell.Radius * later.Radius) / frames,
            Math.Log(later.Volume / cell.Volume),
            (double)shared / (cell.VoxelCount + later.VoxelCount - shared));
    }

    /// <summary>A mother compared with two cells of the later frame.</summary>
    /// <param name="mother">Place in the earlier frame.</param>
    /// <param name="first">Place of one daughter in the later frame.</param>
    /// <param name="second">Place of the other.</param>
    public DivisionFeatures Division(int mother, int first, int second)
    {
        var (cell, one, other) = (before[mother], after[first], after[second]);
        var (left, right) = (Step(mother, first), Step(mother, second));
        double volume = one.Volume + other.Volume;
        double[] middle = [.. left.Zip(right, (a, b) => ((one.Volume * a) + (other.Volume * b)) / volume)];
        double[] between = [.. left.Zip(right, (a, b) => a - b)];
        double lengths = Length(left) * Length(right);
        long shared = movie.Overlap(from, to, (mother, first)) + movie.Overlap(from, to, (mother, second));
        var union = new LinkFeatures(
            Length(middle) / cell.Radius / frames,
            Math.Log(volume / cell.Volume),
            (double)shared / (cell.VoxelCount + one.VoxelCount + other.VoxelCount - shared));
        return new DivisionFeatures(
            union,
            Length(between) / cell.Radius,
            Math.Abs(Math.Log(one.Volume / other.Volume)),
            lengths > 0 ? left.Zip(right, (a, b) => a * b).Sum() / lengths : 0);
    }

    private double[] Step(int one, int other)
    {
        var step = new double[drift.Length];
        for (int axis = 0; axis < step.Length; axis++) step[axis] = after[other].Centre[axis] - before[one].Centre[axis] - drift[axis];
        return step;
    }

    private static double Length(double[] step)
    {
        double sum = 0;
        foreach (double part in step) sum += part * part;
        return Math.Sqrt(sum);
    }
}
