namespace Morula.Tracking;

/// <summary>Balls in any number of axes: what sizes of cells are compared with.</summary>
internal static class Ball
{
    /// <summary>Content of the ball of radius 1: 2 along a line, pi in a plane, 4 pi / 3 in space.</summary>
    public static double Content(int axes)
    {
        double content = axes % 2 == 0 ? 1 : 2;
        for (int axis = axes % 2 == 0 ? 2 : 3; axis <= axes; axis += 2) content *= 2 * Math.PI / axis;
        return content;
    }

    /// <summary>Radius of the ball of a content.</summary>
    public static double Radius(double content, int axes) => Math.Pow(content / Content(axes), 1.0 / axes);
}
