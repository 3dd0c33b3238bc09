using Morula.Volumes;

namespace Morula.Geometry;

/// <summary>Where the anchors of one level of a pyramid lie, without listing them: shapes around the centres of a regular grid.</summary>
/// <param name="Locations">Locations along each axis.</param>
/// <param name="Strides">Voxels per location along each axis.</param>
/// <param name="Shapes">A anchor sizes, each of D voxels.</param>
/// <param name="Offset">Place of a centre in its location, in strides.</param>
internal sealed record AnchorLevel(Extent Locations, int[] Strides, float[][] Shapes, double Offset)
{
    /// <summary>Number of anchors of the level.</summary>
    public int Count => checked((int)Locations.Count * Shapes.Length);

    /// <summary>Centre along one axis of the locations at a place along it, in voxels.</summary>
    public float Centre(int axis, int place) => (place + (float)Offset) * Strides[axis];
}
