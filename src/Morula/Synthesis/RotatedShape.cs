using Morula.Volumes;

namespace Morula.Synthesis;

/// <summary>
/// One toy object: lengths, then a rotation per pair of axes, then its voxels in a tight box. The voxels are sampled through
/// the inverse rotation on a local grid, which costs one visit per voxel of the rotated box.
/// </summary>
internal sealed class RotatedShape
{
    private const double BaseLength = 15;

    private readonly int rank;
    private readonly ToyShape shape;
    private readonly int[] lengths;
    private readonly double[] rotation;

    private RotatedShape(ToyShape shape, int[] lengths, double[] rotation)
    {
        rank = lengths.Length;
        this.shape = shape;
        this.lengths = lengths;
        this.rotation = rotation;
    }

    public ToyShape Shape => shape;

    /// <summary>Lengths before rotation, voxels.</summary>
    public IReadOnlyList<int> Lengths => lengths;

    /// <summary>Draws class, lengths and angles; <paramref name="scale"/> is the side of the canvas over 128.</summary>
    public static RotatedShape Draw(int rank, double scale, ref RandomStream stream)
    {
        var drawn = (ToyShape)(1 + stream.Below(3));
        var sides = new int[rank];
        for (int axis = 0; axis < rank; axis++)
            sides[axis] = 2 * Math.Max(1, (int)(BaseLength * scale * stream.Uniform(0.5, 2)));
        double[] turn = Identity(rank);
        for (int first = 0; first < rank; first++)
        {
            for (int second = first + 1; second < rank; second++)
                Rotate(turn, rank, first, second, stream.Uniform(0, 2 * Math.PI));
        }

        return new RotatedShape(drawn, sides, turn);
    }

    /// <summary>Longest to middle, longest to shortest, middle to shortest.</summary>
    public double[] AspectRatios()
    {
        int[] sorted = [.. lengths.OrderDescending()];
        var ratios = new List<double>();
        for (int first = 0; first < rank; first++)
        {
            for (int second = first + 1; second < rank; second++) ratios.Add((double)sorted[first] / sorted[second]);
        }

        return [.. ratios];
    }

    /// <summary>The object's voxels as 1 in its tight box.</summary>
    public LabelVolume Voxels()
    {
        var half = new double[rank];
        var sizes = new int[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            for (int other = 0; other < rank; other++) half[axis] += Math.Abs(rotation[(axis * rank) + other]) * lengths[other] / 2;
            sizes[axis] = (int)Math.Ceiling(2 * half[axis]);
        }

        var local = new LabelVolume(new Extent(sizes), Spacing.Unit(rank));
        Sample(local, half);
        IReadOnlyList<LabelledCell> cells = local.Cells();
        return cells.Count == 0 ? new LabelVolume(new Extent(new int[rank]), local.Spacing) : local.Crop(cells[0].Box);
    }

    private void Sample(LabelVolume local, double[] half)
    {
        Span<double> start = stackalloc double[rank];
        Span<double> point = stackalloc double[rank];
        Span<int> position = stackalloc int[rank];
        int row = local.Extent[rank - 1];
        for (int offset = 0; offset < local.Voxels.Length; offset += row)
        {
            for (int axis = 0; axis < rank; axis++)
            {
                start[axis] = 0;
                for (int other = 0; other < rank; other++)
                    start[axis] += rotation[(other * rank) + axis] * (position[other] + 0.5 - half[other]);
            }

            var (first, last) = Clip(start, row);
            for (int column = first; column <= last; column++)
            {
                for (int axis = 0; axis < rank; axis++) point[axis] = start[axis] + (rotation[((rank - 1) * rank) + axis] * column);
                if (Holds(point)) local.Voxels[offset + column] = 1;
            }

            for (int axis = rank - 2; axis >= 0 && ++position[axis] == local.Extent[axis]; axis--) position[axis] = 0;
        }
    }

    /// <summary>First and last column of a row that can lie in the unrotated box around the shape, widened by one against rounding.</summary>
    private (int First, int Last) Clip(ReadOnlySpan<double> start, int row)
    {
        var (least, most) = (0.0, row - 1.0);
        for (int axis = 0; axis < rank; axis++)
        {
            double slope = rotation[((rank - 1) * rank) + axis];
            if (Math.Abs(slope) < 1e-9) continue;
            double one = ((0.5 * lengths[axis]) - start[axis]) / slope;
            double two = ((-0.5 * lengths[axis]) - start[axis]) / slope;
            least = Math.Max(least, Math.Min(one, two) - 1);
            most = Math.Min(most, Math.Max(one, two) + 1);
        }

        return ((int)Math.Ceiling(least), (int)Math.Floor(most));
    }

    private bool Holds(ReadOnlySpan<double> point) => shape switch
    {
        ToyShape.Ellipsoid => InEllipsoid(point),
        ToyShape.Cuboid => InCuboid(point),
        _ => InPyramid(point),
    };

    private bool InEllipsoid(ReadOnlySpan<double> point)
    {
        double form = 0;
        for (int axis = 0; axis < point.Length; axis++)
        {
            double ratio = 2 * point[axis] / lengths[axis];
            form += ratio * ratio;
        }

        return form <= 1;
    }

    private bool InCuboid(ReadOnlySpan<double> point)
    {
        for (int axis = 0; axis < point.Length; axis++)
        {
            if (Math.Abs(point[axis]) > lengths[axis] * 0.5) return false;
        }

        return true;
    }

    private bool InPyramid(ReadOnlySpan<double> point)
    {
        double slice = Math.Floor(point[0] + (lengths[0] * 0.5));
        if (slice < 0 || slice >= lengths[0]) return false;
        double share = 1 - (slice / lengths[0]);
        for (int axis = 1; axis < point.Length; axis++)
        {
            double along = point[axis] + (lengths[axis] * 0.5);
            if (along < 0 || along >= Math.Floor(share * lengths[axis])) return false;
        }

        return true;
    }

    private static double[] Identity(int rank)
    {
        var matrix = new double[rank * rank];
        for (int axis = 0; axis < rank; axis++) matrix[(axis * rank) + axis] = 1;
        return matrix;
    }

    /// <summary>Applies one further rotation in the plane of two axes.</summary>
    private static void Rotate(double[] matrix, int rank, int first, int second, double angle)
    {
        var (sine, cosine) = Math.SinCos(angle);
        for (int column = 0; column < rank; column++)
        {
            double one = matrix[(first * rank) + column];
            double two = matrix[(second * rank) + column];
            matrix[(first * rank) + column] = (cosine * one) - (sine * two);
            matrix[(second * rank) + column] = (sine * one) + (cosine * two);
        }
    }
}
