namespace Morula.Volumes;

/// <summary>Which axes are measured in micrometres: the last three at most; what precedes them is time.</summary>
internal static class SpatialAxes
{
    /// <summary>Number of axes of space at a rank.</summary>
    public static int Count(int rank) => Math.Min(rank, 3);

    /// <summary>Index of the first axis of space at a rank.</summary>
    public static int First(int rank) => Math.Max(0, rank - 3);
}
