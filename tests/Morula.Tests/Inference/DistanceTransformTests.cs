using Morula.Inference;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Inference;

public sealed class DistanceTransformTests
{
    [Theory]
    [InlineData(2, 40)]
    [InlineData(3, 40)]
    [InlineData(4, 40)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 2)]
    [InlineData(3, 1)]
    [InlineData(4, 300)]
    [InlineData(3, 100_000)]
    public void Distances_agree_with_trying_every_feature(int rank, int oneIn)
    {
        int[] sizes = [4, 7, 5, 6];
        double[] steps = [3, 0.43, 0.18, 0.7];
        var extent = new Extent(sizes.AsSpan(0, rank));
        var spacing = new Spacing(steps.AsSpan(0, rank));
        var random = new Random(rank + oneIn);
        bool[] features = [.. Enumerable.Range(0, (int)extent.Count).Select(_ => random.Next(oneIn) == 0)];
        float[] squared = DistanceTransform.Squared(extent, spacing, (start, marks) => features.AsSpan(start, marks.Length).CopyTo(marks));
        for (int voxel = 0; voxel < squared.Length; voxel++)
            Assert.Equal(Nearest(voxel, features, extent, spacing), squared[voxel], 1e-3);
    }

    private static double Nearest(int voxel, bool[] features, Extent extent, Spacing spacing)
    {
        int[] place = Neighbourhood.Coordinates(voxel, extent);
        double best = double.PositiveInfinity;
        for (int other = 0; other < features.Length; other++)
        {
            int[] there = Neighbourhood.Coordinates(other, extent);
            // At rank 4 another frame is another world.
            if (!features[other] || (place.Length == 4 && there[0] != place[0])) continue;
            best = Math.Min(best, place.Select((_, axis) => Math.Pow((place[axis] - there[axis]) * spacing[axis], 2)).Sum());
        }

        return best;
    }
}
