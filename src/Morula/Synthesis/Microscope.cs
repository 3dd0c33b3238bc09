using Morula.Volumes;

namespace Morula.Synthesis;

/// <summary>From the stain to the image: point spread, uneven light, shot and camera noise, 8-bit grey values.</summary>
internal static class Microscope
{
    private const int StripeVoxels = 3;
    private const double HazeMicrometres = 5;

    /// <summary>Images a stain (1 is full scale) as whole grey values 0 to 255.</summary>
    public static Volume Image(Volume stain, double[] blurVoxels, EmbryoOptions options, RandomStream light, RandomStream noise)
    {
        Volume image = GaussianFilter.Apply(stain, blurVoxels);
        if (options.Haze > 0) AddHaze(image, (float)options.Haze);
        Illuminate(image, options, light);
        if (options.StripeDepth > 0) Shade(image, options.StripeDepth, light.Fork(1));
        AddNoise(image.Voxels, options, noise);
        image = GaussianFilter.Apply(image, [.. blurVoxels.Select(_ => options.FusionBlurVoxels)]);
        float[] voxels = image.Voxels;
        Slabs.ForEach(voxels.Length, (_, start, end) =>
        {
            for (int index = start; index < end; index++) voxels[index] = MathF.Round(Math.Clamp(voxels[index], 0, 1) * 255);
        });
        return image;
    }

    private static void AddHaze(Volume image, float share)
    {
        float[] haze = GaussianFilter.ApplyInSpace(image, HazeMicrometres).Voxels;
        for (int index = 0; index < haze.Length; index++) image.Voxels[index] += share * haze[index];
    }

    /// <summary>Light falls off along axis 0 and varies smoothly over the field (a coarse random grid, interpolated).</summary>
    private static void Illuminate(Volume image, EmbryoOptions options, RandomStream stream)
    {
        var coarse = new Volume(Extent.Cube(image.Rank, 5), Spacing.Unit(image.Rank));
        for (int node = 0; node < coarse.Voxels.Length; node++)
            coarse.Voxels[node] = (float)Math.Max(0.1, 1 + (options.LightVariation * stream.Gaussian()));
        float[] light = coarse.Resample(image.Extent).Voxels;
        int slice = image.Voxels.Length / image.Extent[0];
        Parallel.For(0, image.Extent[0], depth =>
        {
            float kept = (float)(1 - (options.DepthAttenuation * (depth + 0.5) / image.Extent[0]));
            for (int index = depth * slice; index < (depth + 1) * slice; index++) image.Voxels[index] *= light[index] * kept;
        });
    }

    /// <summary>Shadows along the last axis, two voxels wide or more, that last over a few slices.</summary>
    private static void Shade(Volume image, double depth, RandomStream stream)
    {
        int row = image.Extent[image.Rank - 1];
        var rows = new Extent(image.Extent.Sizes[..^1]);
        float[] shadows = SmoothNoise.Of(rows, StripeVoxels, stream);
        Parallel.For(0, shadows.Length, line =>
        {
            float kept = (float)(1 - (depth * Math.Clamp(shadows[line], 0, 1)));
            for (int index = line * row; index < (line + 1) * row; index++) image.Voxels[index] *= kept;
        });
    }

    private static void AddNoise(float[] voxels, EmbryoOptions options, RandomStream stream) =>
        Slabs.ForEach(voxels.Length, (slab, start, end) =>
        {
            RandomStream noise = stream.Fork(slab);
            for (int index = start; index < end; index++)
            {
                double counted = noise.Poisson(options.Photons * Math.Max(0, voxels[index])) / options.Photons;
                voxels[index] = (float)(counted + (options.CameraNoise * noise.Gaussian()));
            }
        });
}
