using Morula.Volumes;

namespace Morula.Synthesis;

/// <summary>Numbers that vary smoothly over a grid: normal ones on a coarser grid, interpolated.</summary>
internal static class SmoothNoise
{
    /// <summary>One number a voxel, last axis fastest.</summary>
    /// <param name="extent">Sizes of the grid.</param>
    /// <param name="step">Voxels from one coarse node to the next.</param>
    /// <param name="stream">Chance.</param>
    public static float[] Of(Extent extent, int step, RandomStream stream)
    {
        var coarse = new Volume(new Extent([.. extent.Sizes.ToArray().Select(size => (size / step) + 2)]), Spacing.Unit(extent.Rank));
        for (int node = 0; node < coarse.Voxels.Length; node++) coarse.Voxels[node] = (float)stream.Gaussian();
        return coarse.Resample(extent).Voxels;
    }
}
