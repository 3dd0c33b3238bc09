using Morula.Volumes;

namespace Morula.Synthesis;

/// <summary>What shines in an embryo and is no membrane: grains of the cytoplasm, and dots such as vesicles and debris.</summary>
internal static class Clutter
{
    private const double GrainMicrometres = 1.2;
    private const double LeastRadius = 0.15;
    private const double MostRadius = 0.6;
    private const double InsideCells = 0.8;

    /// <summary>Adds it to a stain before any blur.</summary>
    /// <param name="stain">1 is full scale.</param>
    /// <param name="labels">Cells; 0 is outside.</param>
    /// <param name="field">Of the scene.</param>
    /// <param name="options">How much of it.</param>
    /// <param name="stream">Chance.</param>
    public static void Add(Volume stain, LabelVolume labels, EmbryoField field, EmbryoOptions options, RandomStream stream)
    {
        if (options.CytoplasmGrain > 0) AddGrain(stain, labels, field, options, stream.Fork(1));
        if (options.SpotsPerCell > 0) AddSpots(stain, labels, field, options, stream.Fork(2));
    }

    private static void AddGrain(Volume stain, LabelVolume labels, EmbryoField field, EmbryoOptions options, RandomStream stream)
    {
        int step = Math.Max(1, (int)Math.Round(GrainMicrometres / field.Step.X));
        float[] grain = SmoothNoise.Of(stain.Extent, step, stream);
        float depth = (float)(options.CytoplasmGrain * options.CytoplasmBrightness);
        for (int voxel = 0; voxel < grain.Length; voxel++)
        {
            if (labels.Voxels[voxel] > 0) stain.Voxels[voxel] = MathF.Max(0, stain.Voxels[voxel] + (depth * grain[voxel]));
        }
    }

    private static void AddSpots(Volume stain, LabelVolume labels, EmbryoField field, EmbryoOptions options, RandomStream stream)
    {
        int[] inside = [.. Enumerable.Range(0, labels.Voxels.Length).Where(voxel => labels.Voxels[voxel] > 0)];
        if (inside.Length == 0) return;
        int cells = labels.Voxels.Max();
        int count = stream.Poisson(options.SpotsPerCell * cells);
        for (int spot = 0; spot < count; spot++)
        {
            int voxel = stream.Uniform() < InsideCells ? inside[stream.Below(inside.Length)] : stream.Below(labels.Voxels.Length);
            float bright = (float)(options.SpotBrightness * Math.Exp((0.5 * stream.Gaussian()) - 0.125));
            AddSpot(stain, field, voxel, (float)stream.Uniform(LeastRadius, MostRadius), bright);
        }
    }

    // A Gaussian ball, to three deviations.
    private static void AddSpot(Volume stain, EmbryoField field, int voxel, float radius, float bright)
    {
        int row = voxel / field.Sizes[2];
        int[] middle = [row / field.Sizes[1], row % field.Sizes[1], voxel % field.Sizes[2]];
        float[] steps = [field.Step.Z, field.Step.Y, field.Step.X];
        var (lower, upper) = (new int[3], new int[3]);
        for (int axis = 0; axis < 3; axis++)
        {
            int reach = (int)MathF.Ceiling(3 * radius / steps[axis]);
            lower[axis] = Math.Max(0, middle[axis] - reach);
            upper[axis] = Math.Min(field.Sizes[axis], middle[axis] + reach + 1);
        }

        for (int slice = lower[0]; slice < upper[0]; slice++)
        {
            for (int line = lower[1]; line < upper[1]; line++)
            {
                for (int column = lower[2]; column < upper[2]; column++)
                {
                    var (z, y, x) = ((slice - middle[0]) * steps[0], (line - middle[1]) * steps[1], (column - middle[2]) * steps[2]);
                    float distance = ((z * z) + (y * y) + (x * x)) / (radius * radius);
                    stain.Voxels[(((slice * field.Sizes[1]) + line) * field.Sizes[2]) + column] += bright * MathF.Exp(-0.5f * distance);
                }
            }
        }
    }
}
