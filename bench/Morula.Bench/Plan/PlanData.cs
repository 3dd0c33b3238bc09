using Morula.Formats;
using Morula.Synthesis;
using Morula.Volumes;

namespace Morula.Bench.Plan;

/// <summary>Data sets of synthetic embryos of one size, on disk.</summary>
internal static class PlanData
{
    private const int Images = 3;

    /// <summary>Writes the images of given sizes where they are not there yet; movies where there are four axes.</summary>
    public static void Write(string folder, int[] sizes)
    {
        if (Directory.Exists(folder)) return;
        if (sizes.Length < 4)
        {
            SyntheticDataSet.WriteEmbryos(folder, PackedScene.Options(sizes), Images, 1);
            return;
        }

        for (int image = 0; image < Images; image++)
        {
            var options = new EmbryoMovieOptions { Embryo = PackedScene.Options(sizes[1..]), Frames = sizes[0] };
            EmbryoScene[] frames = [.. EmbryoMovie.Create(options, new Random(image)).Frames()];
            var spacing = new Spacing([1, .. frames[0].Image.Spacing.Steps]);
            VolumeFile.Write(Path.Combine(folder, "raw", $"m{image}.tif"), new Volume(new Extent(sizes), spacing, [.. frames.SelectMany(frame => frame.Image.Voxels)]), VoxelType.UInt8);
            VolumeFile.Write(Path.Combine(folder, "labels", $"m{image}.tif"), new LabelVolume(new Extent(sizes), spacing, [.. frames.SelectMany(frame => frame.Labels.Voxels)]));
        }
    }
}
