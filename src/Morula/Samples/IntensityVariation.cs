using Morula.Volumes;

namespace Morula.Samples;

/// <summary>Varies the intensities of a normalised sample in place: blur or sharpening, brightness, gamma, gain, level, noise.</summary>
internal static class IntensityVariation
{
    public static void Apply(Volume image, SampleOptions options, Random random)
    {
        // Draws come first and always, so that switching one variation off leaves the others as they were.
        double sharpness = Signed(random);
        double gamma = Math.Exp(options.GammaRange * Signed(random));
        double gain = Math.Exp(options.IntensityScale * Signed(random));
        double level = options.IntensityShift * Signed(random);
        double noise = options.NoiseDeviation * random.NextDouble();
        ulong noiseSeed = (ulong)random.NextInt64();
        if (options.BlurSigma > 0) Sharpness.Vary(image, options.BlurSigma * Math.Abs(sharpness), sharpen: sharpness < 0);
        if (options.BrightnessField > 0) Shade(image, options.BrightnessField, random);
        if (options.GammaRange > 0 || options.IntensityScale > 0 || options.IntensityShift > 0) Curve(image.Voxels, gamma, gain, level);
        if (options.NoiseDeviation > 0) AddNoise(image.Voxels, 2 * noise, noiseSeed);
    }

    private static double Signed(Random random) => (2 * random.NextDouble()) - 1;

    /// <summary>From background -1 to bright +1 the intensity is u = 0 to 1; what follows acts on u.</summary>
    private static void Curve(float[] voxels, double gamma, double gain, double level)
    {
        for (int index = 0; index < voxels.Length; index++)
        {
            float u = (voxels[index] + 1) / 2;
            if (u > 0) u = MathF.Pow(u, (float)gamma);
            voxels[index] = (2 * ((u * (float)gain) + (float)level)) - 1;
        }
    }

    private static void Shade(Volume image, double deviation, Random random)
    {
        int[] sizes = SpaceAndTime.Space(image.Extent.Sizes, 1);
        double step = Math.Max(1, sizes.Max() / 2.0);
        var field = new SmoothField(sizes, [step, step, step], deviation, random);
        var factors = new float[sizes[2]];
        int rowCount = sizes[0] * sizes[1];
        for (int row = 0; row < rowCount; row++)
        {
            field.FillRow(row / sizes[1], row % sizes[1], factors);
            for (int frame = 0; frame < SpaceAndTime.Frames(image.Extent); frame++)
            {
                Span<float> line = image.Voxels.AsSpan(((frame * rowCount) + row) * sizes[2], sizes[2]);
                for (int x = 0; x < line.Length; x++) line[x] = ((line[x] + 1) * Math.Max(0, 1 + factors[x])) - 1;
            }
        }
    }

    // Four 16-bit uniform numbers out of one 64-bit hash add up to nearly a normal one, of variance 4 / 12.
    private static void AddNoise(float[] voxels, double deviation, ulong seed)
    {
        float scale = (float)(deviation * Math.Sqrt(3) / 65536);
        for (int index = 0; index < voxels.Length; index++)
        {
            ulong bits = SampleSeed.Scramble(seed + ((ulong)index * 0x9E3779B97F4A7C15));
            int sum = (int)(bits & 0xFFFF) + (int)(bits >> 16 & 0xFFFF) + (int)(bits >> 32 & 0xFFFF) + (int)(bits >> 48);
            voxels[index] += (sum - 131070) * scale;
        }
    }
}
