using BenchmarkDotNet.Attributes;
using Morula.Evaluation;
using Morula.Inference;
using Morula.Model;
using Morula.Synthesis;

namespace Morula.Bench.Operators;

/// <summary>What follows the network, on an embryo of 96^3 voxels with perfect detections: painting, fitting to membranes, judging.</summary>
public class PaintingBenchmark : ILimited
{
    private readonly RefinementOptions refinement = new();
    private readonly PaintOptions painting = new();
    private EmbryoScene scene = null!;
    private Detections detections = null!;
    private PaintedCells painted = null!;

    /// <summary>Draws the embryo and paints it once.</summary>
    [GlobalSetup]
    public void Draw()
    {
        scene = PackedScene.Create([96, 96, 96], 1);
        detections = TrueDetections.Of(scene.Labels, 28);
        painted = Painter.Paint(detections, scene.Labels.Extent, scene.Image.Extent, scene.Image.Spacing, painting);
    }

    /// <summary>Masks to labels.</summary>
    [Benchmark]
    public object Paint() => Painter.Paint(detections, scene.Labels.Extent, scene.Image.Extent, scene.Image.Spacing, painting);

    /// <summary>Labels to membranes.</summary>
    [Benchmark]
    public object Refine() => Refinement.Apply(painted, scene.Image, refinement);

    /// <summary>All scores of one image.</summary>
    [Benchmark]
    public object Compare() => Evaluator.Compare(scene.Labels, painted.Labels).Table;

    // Painting reads the masks and writes a label per voxel; every voxel of a box asks its mask by linear interpolation: seven
    // interpolations of three operations. Fitting reads image and labels and writes labels; judging reads two images of labels.
    LeastWork ILimited.LeastWork(string method)
    {
        Draw();
        double image = sizeof(float) * (double)scene.Image.Extent.Count;
        if (method != nameof(Paint)) return new LeastWork((method == nameof(Refine) ? 3 : 2) * image, 0);
        double asked = scene.Labels.Cells().Sum(cell => (double)cell.Box.Extent.Count);
        return new LeastWork(image + (sizeof(float) * (double)detections.Masks.Length), 21 * asked);
    }
}
