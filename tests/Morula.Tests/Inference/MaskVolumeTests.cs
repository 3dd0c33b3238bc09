using Morula.Inference;
using Morula.Model;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Inference;

public sealed class MaskVolumeTests
{
    [Theory, InlineData(2), InlineData(3), InlineData(4)]
    public void It_is_that_of_the_bins_which_reach_the_threshold(int rank)
    {
        var random = new Random(rank);
        Detections found = Three(rank, random);
        for (int index = 0; index < found.Count; index++)
        {
            double expected = 0, bin = 1;
            // Of time the mean is taken.
            for (int axis = 0; axis < rank; axis++) bin *= (rank == 4 && axis == 0 ? 1 : (double)found.Boxes[(index * 2 * rank) + rank + axis] - found.Boxes[(index * 2 * rank) + axis]) / found.MaskExtent[axis];
            for (int place = 0; place < found.MaskExtent.Count; place++)
                if (found.Masks[(index * found.MaskExtent.Count) + place] >= 0.4f) expected += bin;
            Assert.Equal(expected, MaskVolume.Of(found, index, 0.4), 1e-4);
        }
    }

    [Theory, InlineData(2), InlineData(3), InlineData(4)]
    public void Smaller_ones_go(int rank)
    {
        Detections found = Three(rank, new Random(7));
        double[] volumes = [.. Enumerable.Range(0, 3).Select(index => MaskVolume.Of(found, index, 0.5))];
        Assert.Same(found, MaskVolume.Keep(found, new InferenceOptions()));
        Detections kept = MaskVolume.Keep(found, new InferenceOptions { MinimumWorkingVoxels = (int)volumes.Order().ElementAt(1) });
        Assert.Equal(found.Scores.Where((_, index) => volumes[index] != volumes.Min()), kept.Scores);
        Assert.Equal(0, MaskVolume.Keep(found, new InferenceOptions { MinimumWorkingVoxels = (int)volumes.Max() + 1 }).Count);
    }

    private static Detections Three(int rank, Random random)
    {
        var bins = new Extent([.. Enumerable.Range(0, rank).Select(axis => 3 + axis)]);
        var boxes = new float[3 * 2 * rank];
        for (int side = 0; side < boxes.Length; side++) boxes[side] = (side / rank % 2 == 0 ? 0 : 8 * (1 + (side / (2 * rank)))) + (3 * random.NextSingle());
        return new Detections(rank, boxes, [0.9f, 0.8f, 0.7f], [1, 1, 1], bins, [.. Enumerable.Range(0, 3 * (int)bins.Count).Select(_ => random.NextSingle())]);
    }
}
