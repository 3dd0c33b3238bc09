using System.Numerics;
using Morula.Volumes;

namespace Morula.Synthesis;

/// <summary>
/// The field of an embryo in micrometres with its origin in the middle. Rank 2 is held as rank 3 with one slice, and a point
/// as a <see cref="Vector3"/> whose X is the last axis.
/// </summary>
internal sealed class EmbryoField
{
    /// <summary>Reads extent, spacing, blur and fill; refuses lists shorter than the extent and fields too small for their cells.</summary>
    public EmbryoField(EmbryoOptions options)
    {
        int rank = options.Extent.Count;
        if (rank is not (2 or 3)) throw new ArgumentException($"An embryo has rank 2 or 3, not {rank}.", nameof(options));
        double[] steps = Last(options.SpacingMicrometres, rank, nameof(options.SpacingMicrometres));
        BlurVoxels = Last(options.BlurMicrometres, rank, nameof(options.BlurMicrometres));
        for (int axis = 0; axis < rank; axis++) BlurVoxels[axis] /= steps[axis];
        Extent = new Extent([.. options.Extent]);
        Spacing = new Spacing(steps);
        int flat = 3 - rank;
        Sizes = [.. Enumerable.Repeat(1, flat), .. options.Extent];
        Step = ToVector([.. Enumerable.Repeat(1.0, flat), .. steps]);
        Vector3 half = 0.5f * (float)options.Fill * new Vector3(Sizes[2], Sizes[1], Sizes[0]) * Step;
        InverseSemiAxes = new Vector3(1 / half.X, 1 / half.Y, flat == 1 ? 0 : 1 / half.Z);
        SemiAxes = flat == 1 ? half with { Z = 0 } : half;
        Content = flat == 1 ? MathF.PI * half.X * half.Y : 4 / 3f * MathF.PI * half.X * half.Y * half.Z;
        double voxels = Content / Spacing.VoxelVolume;
        LargestCellCount = Math.Max(1, (int)(voxels / (flat == 1 ? 25 : 64)));
        if (options.CellCount > LargestCellCount)
            throw new ArgumentException($"{options.CellCount} cells do not fit an embryo of {voxels:0} voxels; at most {LargestCellCount} do.", nameof(options));
    }

    /// <summary>Sizes as the caller gave them, rank 2 or 3.</summary>
    public Extent Extent { get; }

    /// <summary>Steps as the caller gave them.</summary>
    public Spacing Spacing { get; }

    /// <summary>Deviation of the point spread in voxels, one per axis of the extent.</summary>
    public double[] BlurVoxels { get; }

    /// <summary>Three sizes, slowest axis first.</summary>
    public int[] Sizes { get; }

    /// <summary>Micrometres per voxel.</summary>
    public Vector3 Step { get; }

    /// <summary>Semi-axes of the embryo, micrometres; 0 along the axis that rank 2 lacks.</summary>
    public Vector3 SemiAxes { get; }

    /// <summary>Reciprocals of the semi-axes; 0 along the axis that rank 2 lacks.</summary>
    public Vector3 InverseSemiAxes { get; }

    /// <summary>Volume (rank 2: area) of the embryo, micrometres cubed.</summary>
    public float Content { get; }

    /// <summary>Cells beyond this number would be too few voxels to draw.</summary>
    public int LargestCellCount { get; }

    /// <summary>Whether the field has one slice.</summary>
    public bool IsFlat => Extent.Rank == 2;

    /// <summary>Radius of the ball (rank 2: disc) of a volume.</summary>
    public float RadiusOf(double content) =>
        (float)(IsFlat ? Math.Sqrt(content / Math.PI) : Math.Cbrt(content * 3 / (4 * Math.PI)));

    /// <summary>Volume (rank 2: area) of the ball of a radius.</summary>
    public double ContentOf(double radius) => IsFlat ? Math.PI * radius * radius : 4 / 3.0 * Math.PI * radius * radius * radius;

    /// <summary>Point at a place counted in voxels (centres at +0.5).</summary>
    public Vector3 PointAt(float z, float y, float x) =>
        (new Vector3(x, y, z) - (0.5f * new Vector3(Sizes[2], Sizes[1], Sizes[0]))) * Step;

    /// <summary>Distance to the surface of the embryo, negative inside; first order, exact near the surface.</summary>
    public float SurfaceDistance(Vector3 point, out Vector3 normal)
    {
        Vector3 scaled = point * InverseSemiAxes;
        Vector3 gradient = scaled * InverseSemiAxes;
        float level = scaled.Length();
        float slope = gradient.Length();
        normal = slope > 0 ? gradient / slope : Vector3.UnitX;
        return slope > 1e-6f ? level * (level - 1) / slope : -1 / MathF.Max(InverseSemiAxes.X, MathF.Max(InverseSemiAxes.Y, InverseSemiAxes.Z));
    }

    /// <summary>The point, or where its ray from the middle leaves a share of the ellipsoid.</summary>
    public Vector3 HoldInside(Vector3 point, float share)
    {
        float level = (point * InverseSemiAxes).Length();
        return level > share ? point * (share / level) : point;
    }

    /// <summary>A random unit vector, in the plane at rank 2.</summary>
    public Vector3 Direction(ref RandomStream stream) => Vector3.Normalize(Gaussian(ref stream) + new Vector3(1e-6f, 0, 0));

    /// <summary>Three normal numbers, the one across the plane 0 at rank 2.</summary>
    public Vector3 Gaussian(ref RandomStream stream)
    {
        var drawn = new Vector3((float)stream.Gaussian(), (float)stream.Gaussian(), (float)stream.Gaussian());
        return IsFlat ? drawn with { Z = 0 } : drawn;
    }

    /// <summary>One number per axis: the last ones of a list that may be longer.</summary>
    private static double[] Last(IReadOnlyList<double> list, int rank, string name) => list.Count >= rank
        ? [.. list.Skip(list.Count - rank)]
        : throw new ArgumentException($"{name} has {list.Count} numbers but the extent has {rank} axes.", name);

    private static Vector3 ToVector(ReadOnlySpan<double> slowestFirst) =>
        new((float)slowestFirst[2], (float)slowestFirst[1], (float)slowestFirst[0]);
}
