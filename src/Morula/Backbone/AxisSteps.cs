using Morula.Volumes;

namespace Morula.Backbone;

/// <summary>Turns a per-space option into one number per axis: time is never strided.</summary>
internal static class AxisSteps
{
    public static int[] Expand(IReadOnlyList<int> option, int rank, string name)
    {
        if (option.Count == rank) return [.. option];
        int space = SpatialAxes.Count(rank);
        if (option.Count != 1 && option.Count != space)
            throw new ArgumentException($"{name} has {option.Count} numbers; 1 or {space} are expected at rank {rank}.", name);
        var steps = new int[rank];
        Array.Fill(steps, 1);
        for (int axis = 0; axis < space; axis++) steps[rank - space + axis] = option[option.Count == 1 ? 0 : axis];
        return steps;
    }

    /// <summary>A kernel of <paramref name="space"/> taps along axes of space and <paramref name="time"/> taps over time.</summary>
    public static int[] Kernel(int rank, int space, int time)
    {
        var taps = new int[rank];
        Array.Fill(taps, space);
        if (rank > 3) taps[0] = space == 1 ? 1 : time;
        return taps;
    }
}
