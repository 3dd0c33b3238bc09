using Morula.Volumes;

namespace Morula.Synthesis;

/// <summary>From the stain to the image: point spread, uneven light, shot and camera noise, 8-bit grey values.</summary>
internal static class Microscope
{
    /// <summary>Images a stain (1 is full scale) as whole grey values 0 to 255.</summary>
    public static Volume Image(Volume stain, double[] blurVoxels, EmbryoOptions options, RandomStream light, RandomStream noise)
    {
        Volume image = GaussianFilter.Apply(stain, blurVoxels);
        Illuminate(image, options, light);
        AddNoise(image.Voxels, options, noise);
        image = GaussianFilter.Apply(image, [.. blurVoxels.Select(_ => options.FusionBlurVoxels)]);
        float[] voxels = image.Voxels;
        Slabs.ForEach(voxels.Length, (_, start, end) =>
        {
            for (int index = start; index < end; index++) voxels[index] = MathF.Round(Math.Clamp(voxels[index], 0, 1) * 255);
        });
        return image;
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
