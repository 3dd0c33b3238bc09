using System.Numerics;

namespace Morula.Synthesis;

/// <summary>
/// How brightly the membrane of each face is stained. A face is known by the pair of its cells (0 is the outside), so the
/// same face keeps its stain through a movie; some faces miss a smooth patch.
/// </summary>
internal sealed class FaceStain(EmbryoOptions options, RandomStream stream)
{
    private const float PatchDepth = 0.95f;

    /// <summary>Relative brightness of the face between two cells at a point.</summary>
    public float At(EmbryoField field, in PackedCell first, in PackedCell second, Vector3 point)
    {
        RandomStream own = Of(stream, first.Id, second.Id);
        bool missing = own.Uniform() < options.MissingPatches;
        float bright = (float)Math.Exp(options.FaceVariation * own.Gaussian());
        if (!missing) return bright;
        var (low, high) = first.Id < second.Id ? (first, second) : (second, first);
        float scale = MathF.Min(low.Radius, high.Radius);
        Vector3 middle = low.Id == 0 ? high.Centre + (field.Direction(ref own) * high.Radius) : Middle(low, high, scale, field.Gaussian(ref own));
        float reach = scale * (float)own.Uniform(0.5, 0.9);
        float ratio = Vector3.DistanceSquared(point, middle) / (reach * reach);
        return bright * (1 - (PatchDepth * MathF.Exp(-ratio * ratio)));
    }

    /// <summary>A point on the plane between two centres, moved sideways by a random part of the radius.</summary>
    private static Vector3 Middle(in PackedCell low, in PackedCell high, float scale, Vector3 drawn)
    {
        Vector3 axis = high.Centre - low.Centre;
        float length = MathF.Max(axis.Length(), 1e-6f);
        axis /= length;
        float along = 0.5f * (length + low.Weight - high.Weight);
        Vector3 sideways = drawn - (Vector3.Dot(drawn, axis) * axis);
        return low.Centre + (along * axis) + (0.25f * scale * sideways);
    }

    /// <summary>The chance of a face: the same whichever of its cells comes first, and no other's.</summary>
    public static RandomStream Of(RandomStream stream, int first, int second) => stream.Fork(((long)Math.Min(first, second) << 32) | (uint)Math.Max(first, second));
}
