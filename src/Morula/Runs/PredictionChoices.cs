using System.Globalization;
using Morula.Formats;
using Morula.Inference;
using Morula.Tensors;
using Morula.Volumes;

namespace Morula.Runs;

/// <summary>Says in plain lines how a prediction will be done, and why so.</summary>
internal static class PredictionChoices
{
    public static IEnumerable<string> Describe(PredictionRun run, string imagePath)
    {
        MorulaOptions options = run.OptionsFor(imagePath);
        yield return $"network of rank {options.Model.Rank}, preset {options.Preset}, with {run.Network.ParameterCount:N0} parameters, on {ComputeDevice.Words(run.Device)}";
        var (own, working) = HeaderExtent.Read(imagePath, options);
        yield return $"{VolumeName.Of(imagePath)}: {own} voxels, {working} on the working grid ({Grid(options)})";
        if (own.Rank == options.Model.Rank) yield return Tiles(run, working, VolumeFile.ReadInfo(imagePath));
        yield return options.Inference.Refinement.Enabled
            ? "cells are fitted to bright membranes (Inference.Refinement.Enabled)"
            : "the network's masks stay as they are (Inference.Refinement.Enabled=false)";
    }

    private static string Grid(MorulaOptions options) => options.Samples.Spacing is { } steps
        ? $"Samples.Spacing {string.Join(" x ", steps.Select(step => step.ToString("0.####", CultureInfo.InvariantCulture)))}"
        : "the image's own, since Samples.Spacing is null";

    private static string Tiles(PredictionRun run, Extent working, VolumeInfo info)
    {
        MorulaOptions options = run.Options;
        if (options.Model.Rank == 4) return $"windows of {options.Inference.Window.FramesOf(options.Samples)} frames (Inference.Window)";
        IReadOnlyList<Tile> tiles = run.TilesOf(working);
        string size = $"of {tiles[0].Whole.Extent} voxels";
        string cut = tiles.Count == 1
            ? $"one tile {size}, since the image has no more than {options.Inference.MostVoxels:N0} voxels (Inference.MostVoxels)"
            : $"{tiles.Count} tiles {size}, of at most {options.Inference.MostVoxels:N0} voxels (Inference.MostVoxels), with halos of at least {string.Join(" x ", options.Inference.HaloOf(working, options.Model.LargestCell))}";
        bool isLarge = info.Extent.Count / info.Frames > options.Inference.BlockVoxels;
        return isLarge ? $"{cut}; read and painted block by block (Inference.BlockVoxels {options.Inference.BlockVoxels:N0})" : cut;
    }
}
