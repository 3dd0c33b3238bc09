using Morula.Volumes;

namespace Morula.Samples;

/// <summary>
/// Sees an image of any rank as frames of three axes in space: a rank-2 image is one slice, images without time are one
/// frame. What moves voxels in space is written once, for three axes, and repeated per frame.
/// </summary>
internal static class SpaceAndTime
{
    /// <summary>Number of frames; 1 without time.</summary>
    public static int Frames(Extent extent) => extent.Rank > 3 ? extent[0] : 1;

    /// <summary>The last three of any numbers per axis, with <paramref name="missing"/> for axes that are not there.</summary>
    public static T[] Space<T>(ReadOnlySpan<T> perAxis, T missing)
    {
        var space = new T[3];
        Array.Fill(space, missing);
        ReadOnlySpan<T> last = perAxis[^SpatialAxes.Count(perAxis.Length)..];
        last.CopyTo(space.AsSpan(3 - last.Length));
        return space;
    }
}
