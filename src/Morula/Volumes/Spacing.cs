using System.Diagnostics.CodeAnalysis;

namespace Morula.Volumes;

/// <summary>Distance between neighbouring voxels, one per axis in memory order: µm in space, seconds in time.</summary>
public readonly struct Spacing : IEquatable<Spacing>
{
    private readonly double[] steps;

    /// <summary>Makes a spacing from one positive, finite step per axis.</summary>
    public Spacing(params ReadOnlySpan<double> steps)
    {
        foreach (double step in steps)
        {
            if (!(step > 0) || !double.IsFinite(step))
                throw new ArgumentOutOfRangeException(nameof(steps), step, "A spacing must be positive and finite.");
        }

        this.steps = steps.ToArray();
    }

    /// <summary>Number of axes.</summary>
    public int Rank => steps?.Length ?? 0;

    /// <summary>Step along one axis, counted from the slowest.</summary>
    public double this[int axis] => steps[axis];

    /// <summary>All steps, slowest axis first.</summary>
    public ReadOnlySpan<double> Steps => steps;

    /// <summary>Volume of one voxel (µm³ at rank 3; µm³ s at rank 4).</summary>
    public double VoxelVolume
    {
        get
        {
            double volume = 1;
            foreach (double step in Steps) volume *= step;
            return volume;
        }
    }

    /// <summary>One unit along every axis: the spacing of an image that states none.</summary>
    public static Spacing Unit(int rank)
    {
        var all = new double[rank];
        Array.Fill(all, 1.0);
        return new Spacing(all);
    }

    /// <summary>Number of voxels per axis that cover the same field at another spacing, at least 1.</summary>
    public Extent Regrid(Extent extent, Spacing target)
    {
        var sizes = new int[Rank];
        for (int axis = 0; axis < sizes.Length; axis++)
            sizes[axis] = Math.Max(1, (int)Math.Round(extent[axis] * steps[axis] / target[axis]));
        return new Extent(sizes);
    }

    /// <summary>The spacing at which <paramref name="to"/> voxels cover the field that <paramref name="from"/> voxels cover here.</summary>
    public Spacing Rescale(Extent from, Extent to)
    {
        var scaled = new double[Rank];
        for (int axis = 0; axis < scaled.Length; axis++) scaled[axis] = steps[axis] * from[axis] / to[axis];
        return new Spacing(scaled);
    }

    /// <inheritdoc/>
    public bool Equals(Spacing other) => Steps.SequenceEqual(other.Steps);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Spacing other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (double step in Steps) hash.Add(step);
        return hash.ToHashCode();
    }

    /// <summary>Equality of every step.</summary>
    public static bool operator ==(Spacing left, Spacing right) => left.Equals(right);

    /// <summary>Difference of any step.</summary>
    public static bool operator !=(Spacing left, Spacing right) => !left.Equals(right);

    /// <summary>Steps joined by " x ", slowest axis first.</summary>
    public override string ToString() => string.Join(" x ", Steps.ToArray().Select(step => step.ToString("0.####")));
}
