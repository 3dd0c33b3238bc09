using Morula.Formats;
using Morula.Inference;
using Morula.Model;
using Morula.Options;
using Morula.Tensors;
using Morula.Volumes;
using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Runs;

/// <summary>A network that judges the size of the cells of image files.</summary>
internal sealed class DiameterJudge : IDisposable
{
    private const long MostVoxels = 64_000_000;

    private readonly MaskRcnn model;
    private readonly CellScale scale;

    /// <summary>Loads a network of rank 2 or 3.</summary>
    public DiameterJudge(string checkpointPath, string device)
    {
        Device place = ComputeDevice.Named(device);
        Checkpoint checkpoint = Checkpoint.Load(checkpointPath);
        MorulaOptions options = OptionsCheck.Require(OptionsFile.Parse<MorulaOptions>(checkpoint.Options, checkpoint.Path, []));
        if (options.Model.Rank > 3) throw new OptionsException("diameter", "a network that sees movies cannot estimate the size of cells; state it with --diameter, or the working spacing with --set Samples.Spacing=[...].");
        using var scope = NewDisposeScope();
        model = new MaskRcnn(options.Model, options.Training.Seed);
        checkpoint.ApplyTo(model);
        model.to(place);
        var tiles = new TileNetwork(model, options.Samples, options.Inference, place);
        scale = new CellScale(tiles, options.Samples, model.LargestStride, CellScale.TypicalVoxels(options.Model, options.Samples), options.Inference.Painting.SureScore);
    }

    /// <summary>Sizes in some images from the first to the last, as far as cells are known there, each looked for first where the one before was found.</summary>
    public IReadOnlyList<double> Sample(IReadOnlyList<ImageFrame> images, int count, CancellationToken cancellation)
    {
        var sizes = new List<double>();
        SeenCells? alike = null;
        foreach (int index in Enumerable.Range(0, count).Select(place => (int)((((long)images.Count - 1) * place / (count - 1.0)) + 0.5)).Distinct())
        {
            if (See(images[index], alike, cancellation) is not { } seen) continue;
            alike = seen;
            sizes.Add(seen.Size);
        }

        return sizes;
    }

    /// <summary>What is seen in the middle of an image; null where no cell is known.</summary>
    public SeenCells? See(ImageFrame image, SeenCells? expected, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        return scale.See(Middle(image, model.Options.Rank), expected, cancellation);
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => model.Dispose();

    private static Volume Middle(ImageFrame image, int rank)
    {
        using var source = VolumeSource.OpenImage(image.Path, frame: image.Frame ?? (VolumeFile.ReadInfo(image.Path).Frames > 1 ? 0 : null), rank: rank);
        double share = Math.Min(1, Math.Pow((double)MostVoxels / source.Extent.Count, 1.0 / rank));
        int[] size = [.. source.Extent.Sizes.ToArray().Select(full => Math.Max(1, (int)(full * share)))];
        int[] lower = [.. size.Select((own, axis) => (source.Extent[axis] - own) / 2)];
        return source.ReadImage(new Block(lower, [.. lower.Zip(size, (start, own) => start + own)]));
    }
}
