using Morula.Volumes;

namespace Morula.Synthesis;

/// <summary>One image of the toy benchmark with its truth.</summary>
public sealed class ToyScene
{
    private const int MostRejections = 101;
    private const double NoiseDeviation = 0.05;
    private const double NoiseFloor = 0.01;
    private const int PhotonsPerUnit = 10;

    private ToyScene(Volume image, LabelVolume labels, IReadOnlyList<SceneObject> objects)
    {
        Image = image;
        Labels = labels;
        Objects = objects;
    }

    /// <summary>Intensities 0 to 255, whole numbers.</summary>
    public Volume Image { get; }

    /// <summary>Label 1 to n per object, 0 elsewhere.</summary>
    public LabelVolume Labels { get; }

    /// <summary>The objects, by label.</summary>
    public IReadOnlyList<SceneObject> Objects { get; }

    /// <summary>Draws one scene: the same random state gives the same voxels on any number of threads.</summary>
    /// <exception cref="ArgumentException">The least and the most of a pair of options are crossed, or the rank is not 2 or 3.</exception>
    public static ToyScene Create(ToyOptions options, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.LeastObjects, options.MostObjects);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.LeastIntensity, options.MostIntensity);
        if (options.Rank is not (2 or 3)) throw new ArgumentException($"A toy scene has rank 2 or 3, not {options.Rank}.", nameof(options));
        var stream = new RandomStream(random);
        var (labels, objects) = Place(options, ref stream);
        return new ToyScene(Paint(labels, objects, stream), labels, objects);
    }

    /// <summary>Draws the objects alone, without an image.</summary>
    internal static (LabelVolume Labels, List<SceneObject> Objects) Place(ToyOptions options, ref RandomStream stream)
    {
        var labels = new LabelVolume(Extent.Cube(options.Rank, options.Size), Spacing.Unit(options.Rank));
        int wanted = options.LeastObjects + stream.Below(options.MostObjects - options.LeastObjects + 1);
        var objects = new List<SceneObject>();
        for (int rejected = 0; objects.Count < wanted && rejected < MostRejections;)
        {
            RotatedShape shape = RotatedShape.Draw(options.Rank, options.Size / 128.0, ref stream);
            LabelVolume voxels = shape.Voxels();
            if (Locate(voxels.Extent, labels.Extent, ref stream) is not { } box || !TryWrite(voxels, box, labels, objects.Count + 1))
            {
                rejected++;
                continue;
            }

            double intensity = stream.Uniform(options.LeastIntensity, options.MostIntensity);
            objects.Add(new SceneObject(objects.Count + 1, shape.Shape, intensity, box, shape.AspectRatios()));
        }

        return (labels, objects);
    }

    /// <summary>A uniform place that keeps the object inside, or null if it is too large or empty.</summary>
    private static Block? Locate(Extent size, Extent canvas, ref RandomStream stream)
    {
        if (size.Count == 0) return null;
        var lower = new int[size.Rank];
        for (int axis = 0; axis < lower.Length; axis++)
        {
            if (size[axis] > canvas[axis]) return null;
            lower[axis] = stream.Below(canvas[axis] - size[axis] + 1);
        }

        return size.Whole.Shift(lower);
    }

    /// <summary>Writes the object if all its voxels are still background: touching is allowed.</summary>
    private static bool TryWrite(LabelVolume voxels, Block box, LabelVolume labels, int label)
    {
        int[] targets = Targets(voxels, box, labels.Extent);
        foreach (int target in targets)
        {
            if (labels.Voxels[target] != 0) return false;
        }

        foreach (int target in targets) labels.Voxels[target] = label;
        return true;
    }

    /// <summary>Indices on the canvas of the object's voxels.</summary>
    private static int[] Targets(LabelVolume voxels, Block box, Extent canvas)
    {
        long[] strides = canvas.Strides();
        var targets = new List<int>();
        var position = new int[canvas.Rank];
        int row = voxels.Extent[canvas.Rank - 1];
        for (int source = 0; source < voxels.Voxels.Length; source += row)
        {
            long target = 0;
            for (int axis = 0; axis < position.Length; axis++) target += (box.Lower[axis] + position[axis]) * strides[axis];
            for (int column = 0; column < row; column++)
            {
                if (voxels.Voxels[source + column] != 0) targets.Add((int)target + column);
            }

            for (int axis = position.Length - 2; axis >= 0 && ++position[axis] == voxels.Extent[axis]; axis--) position[axis] = 0;
        }

        return [.. targets];
    }

    private static Volume Paint(LabelVolume labels, List<SceneObject> objects, RandomStream stream)
    {
        double[] intensities = [0, .. objects.Select(item => item.Intensity)];
        var image = new Volume(labels.Extent, labels.Spacing);
        Slabs.ForEach(image.Voxels.Length, (slab, start, end) =>
        {
            RandomStream noise = stream.Fork(slab);
            for (int index = start; index < end; index++)
            {
                double light = intensities[labels.Voxels[index]];
                if (light > 0) light = (double)noise.Poisson(PhotonsPerUnit * light) / PhotonsPerUnit;
                image.Voxels[index] = (float)(light + (NoiseDeviation * noise.Gaussian()) + noise.Uniform(0, NoiseFloor));
            }
        });
        Stretch(image.Voxels);
        return image;
    }

    /// <summary>Stretches the range of the image to 0..255 and rounds to whole numbers.</summary>
    private static void Stretch(float[] voxels)
    {
        float least = voxels.Min();
        float scale = 255 / Math.Max(voxels.Max() - least, float.Epsilon);
        for (int index = 0; index < voxels.Length; index++) voxels[index] = MathF.Round((voxels[index] - least) * scale);
    }
}
