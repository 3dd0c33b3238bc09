using Morula.Formats;
using Morula.Volumes;

namespace Morula.Tests.Fitting;

/// <summary>Data sets of round cells on a jittered lattice, of known size, spacing and contrast.</summary>
internal sealed record MadeData
{
    /// <summary>Bright balls of 10 µm, 27 an image, on voxels of 0.9 µm.</summary>
    public static MadeData Nuclei { get; } = new() { Field = [40, 40, 40], Step = [0.9, 0.9, 0.9] };

    /// <summary>Size of the images in space, µm per axis.</summary>
    public required double[] Field { get; init; }

    /// <summary>Step of the voxels in space, µm per axis.</summary>
    public required double[] Step { get; init; }

    public double Radius { get; init; } = 5;

    /// <summary>Centres lie this many radii apart, give or take a tenth of one.</summary>
    public double Pitch { get; init; } = 2.4;

    public int Frames { get; init; }

    public int Images { get; init; } = 2;

    /// <summary>Brightness of the border of a cell, its inside, and the outside.</summary>
    public (float Border, float Inside, float Outside) Brightness { get; init; } = (180, 180, 20);

    public float Noise { get; init; } = 4;

    public int BackgroundLabel { get; init; }

    public int Classes { get; init; }

    public int Rank => Field.Length + (Frames > 0 ? 1 : 0);

    /// <summary>Writes the data set; the same each time.</summary>
    public string Write(string folder)
    {
        for (int image = 0; image < Images; image++)
        {
            var (volume, labels, cells) = Make(new Random(image));
            Directory.CreateDirectory(Path.Combine(folder, "raw"));
            Directory.CreateDirectory(Path.Combine(folder, "labels"));
            VolumeFile.Write(Path.Combine(folder, "raw", $"t{image:000}.tif"), volume, VoxelType.UInt8);
            VolumeFile.Write(Path.Combine(folder, "labels", $"t{image:000}.tif"), labels);
            if (Classes == 0) continue;
            Directory.CreateDirectory(Path.Combine(folder, "objects"));
            File.WriteAllLines(
                Path.Combine(folder, "objects", $"t{image:000}.csv"),
                ["label,class", .. Enumerable.Range(0, cells).Select(cell => $"{cell + 2},{(cell % Classes) + 1}")]);
        }

        return folder;
    }

    private (Volume Image, LabelVolume Labels, int Cells) Make(Random random)
    {
        int[] sizes = [.. Field.Zip(Step, (length, step) => (int)Math.Round(length / step))];
        List<double[]> centres = Centres(random);
        var extent = new Extent(Frames > 0 ? [Frames, .. sizes] : sizes);
        var spacing = new Spacing(Frames > 0 ? [60, .. Step] : Step);
        var (image, labels) = (new Volume(extent, spacing), new LabelVolume(extent, spacing));
        int frame = sizes.Aggregate(1, (product, size) => product * size);
        for (int index = 0; index < image.Voxels.Length; index++)
        {
            var (nearest, distance) = Nearest(Place(index % frame, sizes), centres);
            double depth = Radius - distance;
            labels.Voxels[index] = depth > 0 ? nearest + 2 : BackgroundLabel;
            float bright = Math.Abs(depth) < 0.6 ? Brightness.Border : depth > 0 ? Brightness.Inside : Brightness.Outside;
            image.Voxels[index] = bright + (Noise * (random.NextSingle() + random.NextSingle() + random.NextSingle() + random.NextSingle() - 2) * MathF.Sqrt(3));
        }

        return (image, labels, centres.Count);
    }

    private List<double[]> Centres(Random random)
    {
        var centres = new List<double[]> { Array.Empty<double>() };
        foreach (double length in Field)
        {
            int along = Math.Max(1, (int)(length / (Pitch * Radius)));
            centres = [.. centres.SelectMany(centre => Enumerable.Range(0, along).Select(index => (double[])[.. centre, (index + 0.5) * length / along]))];
        }

        foreach (double[] centre in centres)
            for (int axis = 0; axis < centre.Length; axis++) centre[axis] += Radius * 0.2 * (random.NextDouble() - 0.5);
        return centres;
    }

    private double[] Place(int index, int[] sizes)
    {
        var place = new double[sizes.Length];
        for (int axis = sizes.Length - 1; axis >= 0; axis--)
        {
            place[axis] = ((index % sizes[axis]) + 0.5) * Step[axis];
            index /= sizes[axis];
        }

        return place;
    }

    private static (int Cell, double Distance) Nearest(double[] place, List<double[]> centres)
    {
        var (nearest, least) = (0, double.PositiveInfinity);
        for (int cell = 0; cell < centres.Count; cell++)
        {
            double square = 0;
            for (int axis = 0; axis < place.Length; axis++) square += (place[axis] - centres[cell][axis]) * (place[axis] - centres[cell][axis]);
            if (square < least) (nearest, least) = (cell, square);
        }

        return (nearest, Math.Sqrt(least));
    }
}
