using Morula.Regions;
using Morula.Tests.Geometry;
using Morula.Tests.Layers;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Regions;

public sealed class MaskTargetsTests
{
    private static readonly int[] Size = [4, 7, 6, 9];

    // Linear interpolation is the sum over all voxels of a tent of width 2 around the place.
    [Theory, Ranks]
    public void A_target_is_the_interpolated_share_of_the_cell_at_the_bin_s_middle(int rank)
    {
        LabelVolume labels = Labels(rank, 3);
        float[] boxes = [.. RandomBoxes.Make(rank, rank, 12, side: 10, largest: 6).Select(value => value - 1.5f)];
        int[] cells = [.. Enumerable.Range(0, 12).Select(index => (index % 3) + 1)];
        var mask = new Extent([.. Enumerable.Range(0, rank).Select(axis => 3 + (axis % 2))]);
        float[] expected = [.. Enumerable.Range(0, 12).SelectMany(index =>
            Slowly(labels, boxes.AsSpan(index * 2 * rank, 2 * rank).ToArray(), cells[index], mask))];
        Assert.Contains(expected, share => share is > 0.1f and < 0.9f);
        Dense.AssertClose(expected, MaskTargets.Cut(labels, boxes, cells, mask), 1e-5f);
    }

    [Theory, Ranks]
    public void Bins_as_large_as_voxels_copy_them(int rank)
    {
        LabelVolume labels = Labels(rank, 2);
        float[] whole = [.. new float[rank], .. labels.Extent.Sizes.ToArray().Select(size => (float)size)];
        float[] target = MaskTargets.Cut(labels, whole, [2], labels.Extent);
        Assert.Equal(labels.Voxels.Select(label => label == 2 ? 1f : 0f), target);
    }

    [Fact]
    public void Targets_equal_project_masks_on_boxes_of_torchvision()
    {
        var golden = new TorchvisionGolden("masks", "Regions");
        var labels = new LabelVolume(new Extent(golden.Ints("extent_y_x")), Spacing.Unit(2), golden.Ints("labels"));
        float[] targets = MaskTargets.Cut(labels, golden.Boxes("boxes"), golden.Ints("cells"), Extent.Cube(2, (int)golden.Number("side")));
        Dense.AssertClose(golden.Floats("targets"), targets, 1e-5f);
    }

    private static LabelVolume Labels(int rank, int cells)
    {
        var random = new Random(rank);
        var extent = new Extent(Size.AsSpan()[^rank..]);
        return new LabelVolume(extent, Spacing.Unit(rank), [.. Enumerable.Range(0, (int)extent.Count).Select(_ => random.Next(cells + 1))]);
    }

    private static IEnumerable<float> Slowly(LabelVolume labels, float[] box, int cell, Extent mask)
    {
        int rank = labels.Rank;
        int[][] voxels = [.. Dense.Places(labels.Extent.Sizes.ToArray())];
        return Dense.Places(mask.Sizes.ToArray()).Select(bin =>
        {
            double[] middle = [.. Enumerable.Range(0, rank).Select(axis =>
                Math.Clamp(box[axis] + ((bin[axis] + 0.5) * (box[rank + axis] - box[axis]) / mask[axis]) - 0.5, 0, labels.Extent[axis] - 1))];
            return (float)Enumerable.Range(0, voxels.Length).Where(voxel => labels.Voxels[voxel] == cell).Sum(voxel =>
                Enumerable.Range(0, rank).Aggregate(1.0, (weight, axis) => weight * Math.Max(0, 1 - Math.Abs(middle[axis] - voxels[voxel][axis]))));
        });
    }
}
