using System.CommandLine;
using Morula.Formats;
using Morula.Runs;

namespace Morula.Cli.Verbs;

/// <summary>morula convert: image files from one format to another.</summary>
internal static class ConvertVerb
{
    private static readonly Argument<string> Source = new("source") { Description = "Image or label volume." };

    private static readonly Argument<string> Target = new("target") { Description = "File to write; its extension says the format." };

    private static readonly Option<bool> Labels = new("--labels") { Description = "Voxels of 8 or 16 bits are labels; wider integers always are." };

    private static readonly Option<int> Zarr = MakeZarr();

    public static Verb Create() => Verb.Create(
        "convert",
        "Writes an image or a label volume in another format; axes, voxel size and type are kept.",
        [
            new VerbExample("convert embryo_fuse_t001.inr.gz t001.tif", "from ASTEC's format to one that ImageJ opens"),
            new VerbExample("convert labels.tif labels.nii.gz", "for programs of medicine"),
            new VerbExample("convert movie.tif movie.ome.zarr", "in chunks, with coarser levels, for viewers of large images"),
            new VerbExample("convert labels.tif labels.ome.zarr --labels --zarr 2", "OME-Zarr 0.4 for older readers; coarser levels hold labels"),
        ],
        [Source, Target, Labels, Zarr, CommonOptions.Overwrite],
        Run);

    private static void Run(VerbContext context)
    {
        string target = context.Value(Target);
        if (VolumeFile.Exists(target) && !context.Value(CommonOptions.Overwrite)) throw new UsageException($"{target}: there is such a file already; choose another name or pass {CommonOptions.Overwrite.Name}.");
        VolumeInfo info = ConversionRun.Run(context.Value(Source), target, context.Value(Labels), context.Value(Zarr));
        if (!info.IsCalibrated) context.Progress.Say($"note: {context.Value(Source)} states no voxel size; {target} has voxels of 1 um");
        context.Result(new { file = target, extent = info.Extent.Sizes.ToArray(), info.Type }, $"{target}: {info.Extent} voxels");
    }

    private static Option<int> MakeZarr()
    {
        var option = new Option<int>("--zarr") { Description = "Version of Zarr of a .zarr: 3 (OME-Zarr 0.5) or 2 (OME-Zarr 0.4).", DefaultValueFactory = _ => 3 };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is not (2 or 3)) result.AddError("--zarr: expected 2 or 3.");
        });
        return option;
    }
}
