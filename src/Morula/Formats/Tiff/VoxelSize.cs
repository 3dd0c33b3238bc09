using Morula.Volumes;

namespace Morula.Formats;

/// <summary>Step per axis as a file states it: seconds and µm, null where it does not.</summary>
internal sealed record VoxelSize(double? T, double? Z, double? Y, double? X)
{
    /// <summary>The last <paramref name="rank"/> of T, Z, Y, X; 1 where nothing sensible is known.</summary>
    public Spacing ToSpacing(int rank)
    {
        double[] steps = [Sensible(T), Sensible(Z), Sensible(Y), Sensible(X)];
        return new Spacing(steps.AsSpan(4 - rank));
    }

    private static double Sensible(double? step)
    {
        double size = Math.Abs(step ?? 1);
        return size > 1e-30 && size < 1e30 ? size : 1;
    }
}
