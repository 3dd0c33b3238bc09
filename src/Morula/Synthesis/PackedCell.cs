using System.Numerics;

namespace Morula.Synthesis;

/// <summary>One cell of a packing.</summary>
/// <param name="Id">Its label, from 1, constant through a movie.</param>
/// <param name="Centre">Its centre in the unwarped field, micrometres.</param>
/// <param name="Weight">Taken off distances from its centre: a larger weight makes a larger cell. Micrometres.</param>
/// <param name="Radius">Radius of the ball of the volume it aims at, micrometres.</param>
/// <param name="RimRadius">Radius that its reach is counted in; after a division it shrinks towards the new radius. Micrometres.</param>
internal readonly record struct PackedCell(int Id, Vector3 Centre, float Weight, float Radius, float RimRadius)
{
    /// <summary>Whether it is a part of the cavity rather than a cell.</summary>
    public bool IsHollow { get; init; }

    /// <summary>Distance of a point from the centre less the weight; the cell with the least of all owns the point.</summary>
    public float Score(Vector3 point) => Vector3.Distance(point, Centre) - Weight;
}
