using System.Globalization;
using Morula.Formats;
using Morula.Inference;
using Morula.Model;
using Morula.Options;
using Morula.Tensors;
using Morula.Volumes;
using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Runs;

/// <summary>Brings images whose cells have any size to the scale that a network was taught at.</summary>
public static class CellDiameter
{
    private const long MostVoxels = 64_000_000;

    /// <summary>The overrides of a prediction with which cells of a size look to the network like those it was taught on.</summary>
    /// <param name="checkpointPath">The network.</param>
    /// <param name="diameter">Size of a typical cell, µm (voxels of an image that states no voxel size).</param>
    /// <exception cref="OptionsException">The size is not positive.</exception>
    /// <exception cref="VolumeFormatException">Not a checkpoint that this version reads.</exception>
    public static IReadOnlyList<string> Overrides(string checkpointPath, double diameter)
    {
        if (!(diameter > 0) || !double.IsFinite(diameter)) throw new OptionsException("diameter", $"{diameter} is no size of a cell; a positive number of µm is expected.");
        double spacing = diameter / CellScale.TypicalVoxels(OptionsOf(Checkpoint.Load(checkpointPath)).Model);
        return [string.Create(CultureInfo.InvariantCulture, $"Samples.Spacing=[{spacing:0.#####}]"), "Samples.Uncalibrated=true"];
    }

    /// <summary>
    /// The median size of the cells of images, as a network sees it, µm (voxels of images that state no voxel size). Of many images the first, the
    /// middle and the last are looked at, and the middle one of the three sizes is taken.
    /// </summary>
    /// <param name="checkpointPath">The network, of rank 2 or 3.</param>
    /// <param name="images">At least one image, or frames of a movie; of large ones the middle is looked at.</param>
    /// <param name="device">What the network computes on: auto, cpu, cuda or cuda:N.</param>
    /// <param name="cancellation">Stops between scales.</param>
    /// <exception cref="VolumeFormatException">An image or the checkpoint cannot be read, or the network knows no cell in any of them.</exception>
    public static double Estimate(string checkpointPath, IReadOnlyList<ImageFrame> images, string device = ComputeDevice.Auto, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(images.Count);
        Device place = ComputeDevice.Named(device);
        Checkpoint checkpoint = Checkpoint.Load(checkpointPath);
        MorulaOptions options = OptionsOf(checkpoint);
        if (options.Model.Rank > 3) throw new OptionsException("diameter", "a network that sees movies cannot estimate the size of cells; state it with --diameter, or the working spacing with --set Samples.Spacing=[...].");
        using var scope = NewDisposeScope();
        using var model = new MaskRcnn(options.Model, options.Training.Seed);
        checkpoint.ApplyTo(model);
        model.to(place);
        var tiles = new TileNetwork(model, options.Samples, options.Inference, place);
        var scale = new CellScale(tiles, options.Samples, model.LargestStride, CellScale.TypicalVoxels(options.Model), options.Inference.Painting.SureScore);
        var sizes = new List<double>();
        SeenCells? alike = null;
        foreach (int index in new[] { 0, images.Count / 2, images.Count - 1 }.Distinct())
        {
            if (scale.See(Middle(images[index], options.Model.Rank), alike, cancellation) is not { } seen) continue;
            alike = seen;
            sizes.Add(seen.Size);
        }

        return sizes.Count > 0
            ? sizes.Order().ElementAt((sizes.Count - 1) / 2)
            : throw new VolumeFormatException(images[0].Path, "the network knows no cell in the middle of the image at any scale; state the size of the cells with --diameter, or teach a network on such images.");
    }

    private static Volume Middle(ImageFrame image, int rank)
    {
        using var source = VolumeSource.OpenImage(image.Path, frame: image.Frame ?? (VolumeFile.ReadInfo(image.Path).Frames > 1 ? 0 : null), rank: rank);
        double share = Math.Min(1, Math.Pow((double)MostVoxels / source.Extent.Count, 1.0 / rank));
        int[] size = [.. source.Extent.Sizes.ToArray().Select(full => Math.Max(1, (int)(full * share)))];
        int[] lower = [.. size.Select((own, axis) => (source.Extent[axis] - own) / 2)];
        return source.ReadImage(new Block(lower, [.. lower.Zip(size, (start, own) => start + own)]));
    }

    private static MorulaOptions OptionsOf(Checkpoint checkpoint) =>
        OptionsCheck.Require(OptionsFile.Parse<MorulaOptions>(checkpoint.Options, checkpoint.Path, []));
}
