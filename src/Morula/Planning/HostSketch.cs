using Morula.Volumes;

namespace Morula.Planning;

/// <summary>What a prediction holds on the host: the image, what was found, the canvas, and the volumes of the fitting to membranes.</summary>
internal static class HostSketch
{
    public const string Detections = "detections";
    private const string Image = "image";
    private const string Painting = "painting";

    // Of an owner and a probability.
    private const int CanvasBytes = 8;

    // Seeds, depth, two distances, tissue, smoothed image before and after an axis, relief, queue, result, cut result.
    private const int RefinementBytes = 4 + 4 + 8 + 1 + 8 + 2 + 4 + 4 + 4;

    /// <summary>Books the image as it was read and its copy on the working grid, and the part of it that a tile sees.</summary>
    public static void Read(Ledger ledger, PredictionLoad load, Extent tile)
    {
        ledger.Begin(Image);
        ledger.Add(Image, sizeof(float) * load.Image.Count);
        ledger.Add(Image, sizeof(float) * load.Working.Count * (load.Image == load.Working ? 1 : 2));
        ledger.Add(Image, sizeof(float) * tile.Count);
    }

    /// <summary>Books painting and fitting.</summary>
    public static void Paint(Ledger ledger, PredictionLoad load, long detections)
    {
        ledger.Begin(Painting);
        ledger.Add(Detections, detections);
        ledger.Add(Painting, CanvasBytes * load.Image.Count);
        if (!load.Inference.Refinement.Enabled) return;
        ledger.Begin("refinement");
        ledger.Add("refinement", RefinementBytes * load.Image.Count);
    }
}
