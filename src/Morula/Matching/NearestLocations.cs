using Morula.Geometry;

namespace Morula.Matching;

/// <summary>
/// The locations of a regular grid whose centres lie nearest to a point. They are computed from the grid, not searched for in it:
/// the time depends on how many are wanted, not on the size of the grid.
/// </summary>
internal sealed class NearestLocations(AnchorLevel level)
{
    private readonly int rank = level.Locations.Rank;
    private readonly long[] steps = level.Locations.Strides();
    private readonly List<(double Distance, int Location)> found = [];

    /// <summary>
    /// Indices in memory order of the <paramref name="count"/> nearest locations (all where there are no more), nearest first, the
    /// earlier one on a tie. Distances are measured in strides of the level, so that an axis of finer steps has no more than its share.
    /// </summary>
    /// <param name="point">Place in voxels, one number per axis.</param>
    /// <param name="count">Number of locations, at least 1.</param>
    public int[] To(ReadOnlySpan<double> point, int count)
    {
        Span<double> place = stackalloc double[rank];
        for (int axis = 0; axis < rank; axis++) place[axis] = (point[axis] / level.Strides[axis]) - level.Offset;
        double reach = 0.5 + (Math.Pow(count, 1.0 / rank) / 2);
        while (!Collect(place, reach, count)) reach *= 1.25;
        found.Sort();
        return [.. found.Take(count).Select(entry => entry.Location)];
    }

    // Every location within reach lies between the bounds below: with enough of them, or with the whole grid, nothing nearer is missed.
    private bool Collect(ReadOnlySpan<double> place, double reach, int count)
    {
        found.Clear();
        bool whole = true;
        Span<int> from = stackalloc int[rank], to = stackalloc int[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            int last = level.Locations[axis] - 1;
            from[axis] = (int)Math.Clamp(Math.Ceiling(place[axis] - reach), 0, last + 1.0);
            to[axis] = (int)Math.Clamp(Math.Floor(place[axis] + reach), -1, last);
            whole &= from[axis] == 0 && to[axis] == last;
        }

        Walk(0, 0, 0, place, from, to, whole ? double.PositiveInfinity : reach * reach);
        return whole || found.Count >= count;
    }

    private void Walk(int axis, int location, double distance, ReadOnlySpan<double> place, ReadOnlySpan<int> from, ReadOnlySpan<int> to, double most)
    {
        if (distance > most) return;
        if (axis == rank)
        {
            found.Add((distance, location));
            return;
        }

        for (int at = from[axis]; at <= to[axis]; at++)
        {
            double off = at - place[axis];
            Walk(axis + 1, location + (int)(at * steps[axis]), distance + (off * off), place, from, to, most);
        }
    }
}
