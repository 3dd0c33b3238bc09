using Morula.Volumes;

namespace Morula.Samples;

/// <summary>Names of axes for messages.</summary>
internal static class AxisNames
{
    /// <summary>Name of an axis, counted from the slowest: the last axes of T Z Y X.</summary>
    public static Axis Of(int axis, int rank) => (Axis)(4 - rank + axis);
}
