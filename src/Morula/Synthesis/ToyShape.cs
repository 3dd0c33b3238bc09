namespace Morula.Synthesis;

/// <summary>Class of a toy object; the number is its class in the truth (0 is background).</summary>
public enum ToyShape
{
    /// <summary>Ellipsoid (rank 2: ellipse).</summary>
    Ellipsoid = 1,

    /// <summary>Cuboid (rank 2: rectangle).</summary>
    Cuboid = 2,

    /// <summary>Corner pyramid: its tip lies above one corner of its base (rank 2: right triangle).</summary>
    Pyramid = 3,
}
