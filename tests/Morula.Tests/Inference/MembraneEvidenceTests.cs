using Morula.Inference;
using Morula.Model;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Inference;

public sealed class MembraneEvidenceTests
{
    private const double Radius = 7;
    private static readonly InferenceOptions Options = new() { Painting = new PaintOptions { SureScore = 0.7 } };

    [Theory]
    [InlineData(2, 1, 0.95, 1), InlineData(2, 0.5, 0.3, 0.7), InlineData(2, 0, 0, 0.05)]
    [InlineData(3, 1, 0.95, 1), InlineData(3, 0.5, 0.3, 0.7), InlineData(3, 0, 0, 0.05)]
    [InlineData(4, 1, 0.95, 1), InlineData(4, 0.5, 0.3, 0.7), InlineData(4, 0, 0, 0.05)]
    public void A_shell_is_seen_as_far_as_it_goes(int rank, double share, double least, double most)
    {
        Volume image = Shell(rank, share);
        Assert.InRange(MembraneEvidence.Share(Ball(rank, 0.5f), 0, image, image.Extent.Whole, Options), least, most);
    }

    [Theory, InlineData(2), InlineData(3), InlineData(4)]
    public void The_share_is_what_its_definition_says(int rank)
    {
        var random = new Random(rank);
        Volume image = Shell(rank, 0.7);
        for (int voxel = 0; voxel < image.Voxels.Length; voxel++) image.Voxels[voxel] += 0.6f * random.NextSingle();
        Detections found = Ball(rank, 0.5f);
        for (int bin = 0; bin < found.Masks.Length; bin++) found.Masks[bin] = Math.Clamp(found.Masks[bin] + (0.4f * (random.NextSingle() - 0.5f)), 0, 1);
        var seen = new Block(new int[rank], [.. image.Extent.Sizes.ToArray().Select((size, axis) => rank - axis <= 3 ? size - 5 : size)]);
        Assert.Equal(Slow(found, image, seen), MembraneEvidence.Share(found, 0, image, seen, Options), 1e-9);
    }

    [Theory, InlineData(2), InlineData(3), InlineData(4)]
    public void Only_uncertain_cells_without_membranes_go(int rank)
    {
        Volume none = Shell(rank, 0), all = Shell(rank, 1);
        Detections unsure = Ball(rank, 0.69f), sure = Ball(rank, 0.71f);
        Assert.Equal(0, MembraneEvidence.Keep(unsure, none, none.Extent.Whole, Options).Count);
        Assert.Equal(1, MembraneEvidence.Keep(unsure, all, all.Extent.Whole, Options).Count);
        Assert.Equal(1, MembraneEvidence.Keep(sure, none, none.Extent.Whole, Options).Count);
        Assert.Equal(1, MembraneEvidence.Keep(unsure, none, none.Extent.Whole, new InferenceOptions()).Count);
        Assert.Equal(1, MembraneEvidence.Keep(unsure, none, none.Extent.Whole, Options with { Refinement = new RefinementOptions { Enabled = false } }).Count);
    }

    [Fact]
    public void Sides_of_the_image_are_no_surface()
    {
        // The upper half of the ball lies outside, where nobody knows whether there is a membrane.
        Volume image = Shell(3, 1);
        var seen = new Block([0, 0, 0], [10, 20, 20]);
        Detections half = Ball(3, 0.5f);
        half.Boxes[3] = 10;
        for (int bin = 0; bin < half.Masks.Length; bin++) half.Masks[bin] = Inside([(bin / 196 + 0.5) / 28, (bin / 14 % 14 + 0.5) / 14, (bin % 14 + 0.5) / 14]) ? 1 : 0;
        Assert.InRange(MembraneEvidence.Share(half, 0, image, seen, Options), 0.95, 1);
        Assert.InRange(MembraneEvidence.Share(half, 0, image, image.Extent.Whole, Options), 0.5, 0.9);
    }

    // A ball in the middle of 20 voxels a side, bright at its surface as far as a share of the last axis.
    private static Volume Shell(int rank, double share)
    {
        var extent = new Extent([.. Enumerable.Range(0, rank).Select(axis => rank - axis <= 3 ? 20 : 3)]);
        long[] strides = extent.Strides();
        var voxels = new float[extent.Count];
        for (int voxel = 0; voxel < voxels.Length; voxel++)
        {
            double squares = Enumerable.Range(0, rank).Where(axis => rank - axis <= 3).Sum(axis => Math.Pow((voxel / strides[axis] % extent[axis]) + 0.5 - 10, 2));
            bool within = share > 0 && (voxel % extent[rank - 1]) + 0.5 < 10 - Radius + (2 * Radius * share);
            voxels[voxel] = within && Math.Abs(Math.Sqrt(squares) - Radius) < 1.2 ? 1 : 0;
        }

        return new Volume(extent, Spacing.Unit(rank), voxels);
    }

    private static Detections Ball(int rank, float score)
    {
        var bins = new Extent([.. Enumerable.Range(0, rank).Select(axis => rank - axis <= 3 ? 14 : 3)]);
        long[] strides = bins.Strides();
        float[] mask = [.. Enumerable.Range(0, (int)bins.Count).Select(bin =>
            Inside([.. Enumerable.Range(0, rank).Where(axis => rank - axis <= 3).Select(axis => ((bin / strides[axis] % bins[axis]) + 0.5) / 14)]) ? 1f : 0f)];
        float[] lower = [.. Enumerable.Range(0, rank).Select(axis => rank - axis <= 3 ? 3f : 0f)], upper = [.. Enumerable.Range(0, rank).Select(axis => rank - axis <= 3 ? 17f : 3f)];
        return new Detections(rank, [.. lower, .. upper], [score], [1], bins, mask);
    }

    private static bool Inside(double[] place) => place.Sum(at => (at - 0.5) * (at - 0.5)) < 0.25;

    private static double Slow(Detections found, Volume image, Block seen)
    {
        int rank = image.Rank;
        var (labels, _) = PainterOracle.Paint(found, image.Extent, image.Extent, new PaintOptions());
        Block around = new Block([.. found.Box(0)[..rank].ToArray().Select((bound, axis) => (int)bound - (rank - axis <= 3 ? 2 : 0))], [.. found.Box(0)[rank..].ToArray().Select((bound, axis) => (int)bound + (rank - axis <= 3 ? 2 : 0))]).Intersect(seen);
        Volume smooth = GaussianFilter.Apply(image.Crop(around), [.. Enumerable.Range(0, rank).Select(axis => rank - axis <= 3 ? 0.7 : 0)]);
        bool[] member = [.. new Volume(image.Extent, image.Spacing, [.. labels.Select(label => (float)label)]).Crop(around).Voxels.Select(label => label > 0)];
        long[] strides = around.Extent.Strides();
        int[] Place(int voxel) => [.. strides.Select((stride, axis) => (int)(voxel / stride % around.Extent[axis]))];
        // Distances along the axes of space; none where frames differ.
        int[]? Apart(int one, int other)
        {
            int[] apart = [.. Place(one).Zip(Place(other), (from, to) => Math.Abs(from - to))];
            return apart[..^Math.Min(3, rank)].Any(frames => frames != 0) ? null : apart;
        }

        float[] inside = [.. smooth.Voxels.Where((_, voxel) => member[voxel]).Order()], all = [.. smooth.Voxels.Order()];
        double middle = (inside[(int)(0.25 * (inside.Length - 1))] + all[(int)(0.95 * (all.Length - 1))]) / 2;
        int[] voxels = [.. Enumerable.Range(0, member.Length)];
        int[] surface = [.. voxels.Where(voxel => member[voxel] && voxels.Any(other => !member[other] && Apart(voxel, other)?.Sum() == 1))];
        return (double)surface.Count(voxel => voxels.Any(other => smooth.Voxels[other] > middle && Apart(voxel, other)?.Max() <= 1)) / surface.Length;
    }
}
