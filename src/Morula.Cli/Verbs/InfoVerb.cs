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
            double[]? spacing = info.IsCalibrated ? info.Spacing.Steps.ToArray() : null;
            context.Result(
                new { file = path, info.Axes, extent = info.Extent.Sizes.ToArray(), info.Type, spacing, info.Layout, info.Channels, info.Frames, info.Slices },
                [
                    path,
                    $"  axes:     {info.Axes}",
                    $"  voxels:   {info.Extent}, {info.Type}",
                    $"  spacing:  {(info.IsCalibrated ? $"{info.Spacing} um (s along time)" : "not stated")}",
                    .. info.Layout is { } layout ? [$"  layout:   {layout}"] : Array.Empty<string>(),
                    $"  channels: {info.Channels}, frames: {info.Frames}, slices: {info.Slices}",
                ]);
        }
    }
}
