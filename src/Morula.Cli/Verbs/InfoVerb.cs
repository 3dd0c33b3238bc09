using System.CommandLine;
using Morula.Formats;

namespace Morula.Cli.Verbs;

/// <summary>morula info: what image files hold.</summary>
internal static class InfoVerb
{
    private static readonly Argument<string[]> Files = new("files") { Description = "Image files or .zarr folders.", Arity = ArgumentArity.OneOrMore };

    public static Verb Create() => Verb.Create(
        "info",
        "Says what image files hold: axes, sizes, voxel size, type of voxel.",
        [
            new VerbExample("info embryo.tif labels.inr.gz", "reads the headers alone"),
            new VerbExample("info movie.ome.zarr", "levels, chunks and packing too; an array in it is movie.ome.zarr/1"),
        ],
        [Files],
        Run);

    private static void Run(VerbContext context)
    {
        foreach (string path in context.Value(Files))
        {
            VolumeInfo info = VolumeFile.ReadInfo(path);
            context.Output.WriteLine(path);
            context.Output.WriteLine($"  axes:     {info.Axes}");
            context.Output.WriteLine($"  voxels:   {info.Extent}, {info.Type}");
            context.Output.WriteLine($"  spacing:  {(info.IsCalibrated ? $"{info.Spacing} um (s along time)" : "not stated")}");
            if (info.Layout is { } layout) context.Output.WriteLine($"  layout:   {layout}");
            context.Output.WriteLine($"  channels: {info.Channels}, frames: {info.Frames}, slices: {info.Slices}");
        }
    }
}
