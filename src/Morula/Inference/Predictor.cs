using Morula.Measuring;
using Morula.Model;
using Morula.Samples;
using Morula.Volumes;
using static TorchSharp.torch;

namespace Morula.Inference;

/// <summary>Finds the cells of whole images: working grid, tiles, network, stitching, painting, fitting to the membranes.</summary>
/// <param name="model">A trained network.</param>
/// <param name="samples">Working spacing and normalisation it was trained with.</param>
/// <param name="options">Tiles, thresholds and refinement.</param>
/// <param name="device">Where the network lives.</param>
public sealed class Predictor(MaskRcnn model, SampleOptions samples, InferenceOptions options, Device device)
{
    /// <summary>Number of axes that the network sees.</summary>
    public int Rank => model.Options.Rank;

    /// <summary>The network on tiles.</summary>
    internal ITileNetwork Network { get; } = new TileNetwork(model, samples, options, device);

    /// <summary>The cells of one image, on its own grid.</summary>
    /// <param name="image">Of the network's rank.</param>
    /// <param name="progress">Share of the tiles done, in [0, 1].</param>
    /// <param name="cancellation">Stops between tiles.</param>
    /// <exception cref="ArgumentException">The image has another rank than the network.</exception>
    public Prediction Predict(Volume image, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        if (image.Rank != model.Options.Rank)
            throw new ArgumentException($"The image has {image.Rank} axes ({image.Extent}), the network {model.Options.Rank}.", nameof(image));
        Volume working = Prepare(image);
        Detections found = Detect(working, progress, cancellation);
        HostGarbage.Collect();
        return Finish(found, working.Extent, image);
    }

    /// <summary>An image as the network sees it: on the working grid, normalised.</summary>
    internal Volume Prepare(Volume image) => Intensity.Normalise(image.Resample(CommonGrid.Working(image.Spacing, image.Extent, samples.OfFrame(image.Rank).Spacing)), samples);

    /// <summary>Detections painted into their image and fitted to its membranes.</summary>
    /// <param name="found">Boxes in voxels of the working grid.</param>
    /// <param name="working">Sizes of the working grid.</param>
    /// <param name="image">The image, of the rank of the detections.</param>
    internal Prediction Finish(Detections found, Extent working, Volume image)
    {
        PaintedCells painted = Painter.Paint(found, working, image.Extent, image.Spacing, options.PaintingAt(image.Spacing));
        if (!options.Refinement.Enabled) return new Prediction(painted.Labels, painted.Labels, painted.Cells, working) { Places = painted.Places };
        HostGarbage.Collect();
        LabelVolume touching = Refinement.Apply(painted, image, options.Refinement);
        HostGarbage.Collect();
        return new Prediction(CellGap.Cut(touching, options.Refinement.GapMicrometres), touching, painted.Cells, working) { Places = painted.Places };
    }

    /// <summary>The cells of an image that is already normalised on the working grid, before they are painted.</summary>
    public Detections Detect(Volume working, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        IReadOnlyList<Tile> tiles = options.Plan(working.Extent, model.LargestStride, model.Options.LargestCell);
        NormalisationMoments? moments = Network.Observe(working.Extent, working.CropToEdge, cancellation);
        var found = new List<TileDetections>();
        foreach (Tile tile in tiles)
        {
            cancellation.ThrowIfCancellationRequested();
            found.Add(TileDetections.FromTile(tile, Network.Detect(working.CropToEdge(tile.Whole), tile.Whole, working.Extent, moments)));
            HostGarbage.Collect();
            progress?.Report((double)found.Count / tiles.Count);
        }

        return Stitching.Merge(found, working.Extent, options.Stitching);
    }
}
