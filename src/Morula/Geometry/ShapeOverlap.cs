namespace Morula.Geometry;

/// <summary>Overlap (intersection over union) of boxes that share a centre, of which only the sizes count.</summary>
internal static class ShapeOverlap
{
    /// <summary>Overlap of two shapes, sizes per axis above 0.</summary>
    public static double Of(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double shared = 1, first = 1, second = 1;
        for (int axis = 0; axis < a.Length; axis++)
        {
            shared *= Math.Min(a[axis], b[axis]);
            first *= a[axis];
            second *= b[axis];
        }

        return shared / (first + second - shared);
    }

    /// <summary>Mean over the shapes of the largest overlap with any anchor; 1 where each shape has an anchor of its own.</summary>
    public static double MeanBest(IReadOnlyList<double[]> shapes, IReadOnlyList<double[]> anchors) =>
        shapes.Average(shape => anchors.Max(anchor => Of(shape, anchor)));
}
