using System.CommandLine;
using Morula.Formats;
using Morula.Runs;

namespace Morula.Cli.Verbs;

/// <summary>morula convert: image files from one format to another.</summary>
internal static class ConvertVerb
{
    private static readonly Argument<string> Source = new("source") { Description = "Image or label volume." };

    private static readonly Argument<string> Target = new("target") { Description = "File to write; its extension says the format." };

    public static Verb Create() => Verb.Create(
        "convert",
        "Writes an image or a label volume in another format; axes, voxel size and type are kept.",
        [
            new VerbExample("convert embryo_fuse_t001.inr.gz t001.tif", "from ASTEC's format to one that ImageJ opens"),
            new VerbExample("convert labels.tif labels.nii.gz", "for programs of medicine"),
        ],
        [Source, Target, CommonOptions.Overwrite],
        Run);

    private static void Run(VerbContext context)
    {
        string target = context.Value(Target);
        if (File.Exists(target) && !context.Value(CommonOptions.Overwrite)) throw new UsageException($"{target}: there is such a file already; choose another name or pass {CommonOptions.Overwrite.Name}.");
        VolumeInfo info = ConversionRun.Run(context.Value(Source), target);
        context.Output.WriteLine($"{target}: {info.Extent} voxels");
        if (!info.IsCalibrated) context.Progress.Say($"note: {context.Value(Source)} states no voxel size; {target} has voxels of 1 um");
    }
}
