using Morula.Volumes;

namespace Morula.Samples;

/// <summary>Blurs an image in space, or sharpens it by the difference to its blurred self.</summary>
internal static class Sharpness
{
    /// <summary>Varies the image in place; <paramref name="sigma"/> in voxels of the finest axis in space.</summary>
    public static void Vary(Volume image, double sigma, bool sharpen)
    {
        double finest = image.Spacing.Steps[SpatialAxes.First(image.Rank)..].ToArray().Min();
        float[] blurred = GaussianFilter.ApplyInSpace(image, sigma * finest).Voxels;
        if (ReferenceEquals(blurred, image.Voxels)) return;
        Span<float> target = image.Voxels;
        if (!sharpen) blurred.CopyTo(target);
        else for (int index = 0; index < target.Length; index++) target[index] += 0.5f * (target[index] - blurred[index]);
    }
}
