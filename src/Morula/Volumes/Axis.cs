namespace Morula.Volumes;

/// <summary>An axis of an image, in memory order: the last axis varies fastest.</summary>
public enum Axis
{
    /// <summary>Time, in frames.</summary>
    T,

    /// <summary>Depth, in slices.</summary>
    Z,

    /// <summary>Rows.</summary>
    Y,

    /// <summary>Columns.</summary>
    X,
}
