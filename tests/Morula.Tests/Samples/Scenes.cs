using Morula.Samples;
using Morula.Volumes;

namespace Morula.Tests.Samples;

/// <summary>Small pairs in memory for the tests of this room.</summary>
internal static class Scenes
{
    public static readonly SampleOptions Plain = new SampleOptions { MinimumVoxels = 1, MinimumVisible = 0 }.Plain();

    public static Pair Pair(string name = "scene", Split split = Split.Training) => new(name, name + ".image", name + ".labels", null, split);

    /// <summary>Cells as round as the grid allows, each brighter than the last; intensity follows the label.</summary>
    public static (Volume Image, LabelVolume Labels) Balls(int seed, params int[] sizes)
    {
        var extent = new Extent(sizes);
        var labels = new LabelVolume(extent, Spacing.Unit(sizes.Length));
        var random = new Random(seed);
        for (int label = 1; label <= 6; label++)
        {
            double[] centre = [.. sizes.Select(size => random.NextDouble() * size)];
            double radius = sizes.Max() * (0.1 + (0.15 * random.NextDouble()));
            Paint(labels, centre, radius, label);
        }

        return (new Volume(extent, labels.Spacing, [.. labels.Voxels.Select((label, index) => (10 * label) + (index % 7f))]), labels);
    }

    public static void Paint(LabelVolume labels, double[] centre, double radius, int label)
    {
        for (int index = 0; index < labels.Voxels.Length; index++)
        {
            int[] place = Place(labels.Extent, index);
            double square = 0;
            for (int axis = 0; axis < place.Length; axis++)
            {
                double offset = ((place[axis] + 0.5) * labels.Spacing[axis]) - centre[axis];
                square += offset * offset;
            }

            if (square <= radius * radius) labels.Voxels[index] = label;
        }
    }

    public static int[] Place(Extent extent, long index)
    {
        var place = new int[extent.Rank];
        for (int axis = extent.Rank - 1; axis >= 0; axis--)
        {
            place[axis] = (int)(index % extent[axis]);
            index /= extent[axis];
        }

        return place;
    }

    public static ImageStore Store(SampleOptions options, params (Volume Image, LabelVolume Labels)[] scenes) => new(options, Reader(scenes));

    /// <summary>Reads scene number n for the pair named n (the first for any other name).</summary>
    public static PairReader Reader(params (Volume Image, LabelVolume Labels)[] scenes)
    {
        return new PairReader((path, _) => scenes[Number(path)].Image, (path, _) => scenes[Number(path)].Labels, _ => true);

        static int Number(string path) => int.TryParse(path.Split('.')[0], out int number) ? number : 0;
    }

    public static LoadedPair Load(SampleOptions options, Volume image, LabelVolume labels) => Store(options, (image, labels)).Load(Pair());
}
