using Morula.Layers;
using Morula.Model;
using Morula.Regions;
using Morula.Tests.Geometry;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Model;

public sealed class LearningTests
{
    [Theory, InlineData(2), InlineData(3)]
    [NoTensorLeaks]
    public void A_tiny_network_learns_one_image_by_heart(int rank)
    {
        using var scope = NewDisposeScope();
        using MaskRcnn model = new MaskRcnn(TinyScene.Options(rank), 1).Counted();
        using Batch batch = TinyScene.Batch(rank);
        double before = Learn(model, batch, 1), after = Learn(model, batch, 60);
        Assert.True(after < before / 2, $"The loss fell from {before} to {after} only.");

        Detections found = model.Detect(batch.Images)[0];
        RegionTruth truth = batch.Truth[0];
        for (int cell = 0; cell < 2; cell++)
        {
            int best = Enumerable.Range(0, found.Count).MaxBy(index => RandomBoxes.Overlap(truth.Boxes, cell, found.Boxes, index, rank));
            Assert.True(RandomBoxes.Overlap(truth.Boxes, cell, found.Boxes, best, rank) > 0.5f, $"Cell {cell} is missed.");
            float[] mask = found.Mask(best).ToArray();
            float[] target = MaskTargets.Cut(truth.Volume, found.Box(best).ToArray(), [truth.Labels[cell]], found.MaskExtent);
            int right = mask.Zip(target).Count(pair => (pair.First > 0.5f) == (pair.Second > 0.5f));
            Assert.True(right > 0.75 * mask.Length, $"{right} of {mask.Length} voxels of the mask are right.");
        }
    }

    /// <summary>Takes some steps; the loss of the last.</summary>
    private static double Learn(MaskRcnn model, Batch batch, int steps)
    {
        using var optimizer = optim.AdamW(model.parameters(), 0.005);
        double last = double.NaN;
        var random = new Random(1);
        for (int step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            Tensor loss = model.ComputeLosses(batch, random).Total();
            loss.backward();
            RoiAlign.EndBackward();
            using (no_grad()) optimizer.step();
            last = loss.item<float>();
        }

        return last;
    }
}
