using Morula.Formats;
using Morula.Model;
using Morula.Options;
using Morula.Samples;

namespace Morula.Training;

/// <summary>Looks at the headers of all images before anything is written, so that a wrong file is told at once and not hours later.</summary>
internal static class DataCheck
{
    /// <summary>Refuses images and labels that cannot be read, or that the network is not made for.</summary>
    /// <exception cref="VolumeFormatException">Names the file.</exception>
    public static void Require(IEnumerable<Pair> pairs, ModelOptions model)
    {
        foreach (Pair pair in pairs)
        {
            RequireRank(pair.ImagePath, VolumeFile.ReadInfo(pair.ImagePath), model.Rank);
            VolumeInfo labels = VolumeFile.ReadInfo(pair.LabelPath);
            RequireRank(pair.LabelPath, labels, model.Rank);
            if (labels.Type is VoxelType.Float32 or VoxelType.Float64)
                throw new VolumeFormatException(pair.LabelPath, $"voxels are {labels.Type} but labels are integers; save the label volume as 16 or 32 bit.");
            RequireClasses(pair.ObjectsPath, model.Classes);
        }
    }

    /// <summary>Refuses an image with more axes than the network.</summary>
    /// <exception cref="VolumeFormatException">Names the file.</exception>
    public static void RequireRank(string path, VolumeInfo info, int rank)
    {
        if (info.Frames > 1 && rank < 4)
        {
            throw new VolumeFormatException(
                path, $"is a movie of {info.Frames} frames but the network (Model.Rank {rank}) sees single images; save the frames as files of their own.");
        }

        if (info.Slices > 1 && rank < 3)
            throw new VolumeFormatException(path, $"has {info.Slices} slices but the network (Model.Rank {rank}) sees planes; use a network of rank 3.");
    }

    private static void RequireClasses(string? path, IReadOnlyList<string> names)
    {
        foreach (var (label, kind) in ObjectClasses.Read(path))
        {
            if (kind <= names.Count) continue;
            throw new VolumeFormatException(
                path!, $"label {label} is of class {kind} but Model.Classes names {names.Count} ({string.Join(", ", names)}); name a class for each number there.");
        }
    }
}
