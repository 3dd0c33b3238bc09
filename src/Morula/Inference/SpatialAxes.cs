namespace Morula.Inference;

/// <summary>Which axes are measured in micrometres: the last three at most; what precedes them is time.</summary>
internal static class SpatialAxes
{
    public static int First(int rank) => Math.Max(0, rank - 3);
}
