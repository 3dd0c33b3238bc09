using Morula.Geometry;

namespace Morula.Matching;

/// <summary>Gathers the anchors of one level near a truth, with their overlaps.</summary>
/// <param name="level">The level.</param>
/// <param name="first">Index of its first anchor among the anchors of all levels.</param>
internal sealed class CandidateOverlaps(AnchorLevel level, int first)
{
    private readonly int rank = level.Locations.Rank;
    private readonly NearestLocations locations = new(level);

    /// <summary>Appends the anchors at the <paramref name="count"/> locations nearest to the centre of a truth of 2D numbers.</summary>
    public void Gather(ReadOnlySpan<float> truth, int count, List<Candidate> found)
    {
        Span<double> middle = stackalloc double[rank];
        Span<float> centre = stackalloc float[rank];
        for (int axis = 0; axis < rank; axis++) middle[axis] = ((double)truth[axis] + truth[rank + axis]) / 2;
        foreach (int location in locations.To(middle, count))
        {
            bool isInside = Place(location, centre, truth);
            for (int shape = 0; shape < level.Shapes.Length; shape++)
                found.Add(new Candidate(first + (location * level.Shapes.Length) + shape, Overlap(truth, centre, level.Shapes[shape]), isInside));
        }
    }

    private bool Place(int location, Span<float> centre, ReadOnlySpan<float> truth)
    {
        bool isInside = true;
        for (int axis = rank - 1; axis >= 0; axis--)
        {
            (location, int place) = Math.DivRem(location, level.Locations[axis]);
            centre[axis] = level.Centre(axis, place);
            isInside &= truth[axis] <= centre[axis] && centre[axis] < truth[rank + axis];
        }

        return isInside;
    }

    private float Overlap(ReadOnlySpan<float> truth, ReadOnlySpan<float> centre, float[] shape)
    {
        float shared = 1, own = 1, other = 1;
        for (int axis = 0; axis < rank; axis++)
        {
            float lower = centre[axis] - (shape[axis] / 2), upper = centre[axis] + (shape[axis] / 2);
            shared *= Math.Max(0, Math.Min(upper, truth[rank + axis]) - Math.Max(lower, truth[axis]));
            own *= upper - lower;
            other *= Math.Max(0, truth[rank + axis] - truth[axis]);
        }

        float union = own + other - shared;
        return union > 0 ? shared / union : 0;
    }
}
