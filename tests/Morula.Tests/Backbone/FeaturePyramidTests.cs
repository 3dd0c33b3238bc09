using Morula.Backbone;
using Morula.Layers;
using Morula.Tests.Layers;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Backbone;

public sealed class FeaturePyramidTests
{
    private static readonly int[] Odd = [3, 37, 50, 41];
    private static readonly int[] Movie = [3, 13, 18, 11];

    [Theory]
    [Ranks(BlockKind.Basic, 1), Ranks(BlockKind.Bottleneck, 2)]
    [NoTensorLeaks]
    public void Every_level_has_the_image_s_size_over_its_stride_rounded_up(int rank, BlockKind block, int pool)
    {
        using var scope = NewDisposeScope();
        using var pyramid = new FeaturePyramid(rank, Options(block, pool)).Counted();
        int[] size = Size(rank);
        IReadOnlyList<Tensor> levels = pyramid.call(Image(size));
        Assert.Equal(5, levels.Count);
        Assert.Equal(3, pyramid.RegionLevels);
        for (int level = 0; level < levels.Count; level++)
        {
            int step = (2 << level) * pool;
            Assert.Equal(Enumerable.Range(0, rank).Select(axis => rank == 4 && axis == 0 ? 1 : step), pyramid.Strides[level]);
            Assert.Equal([2, 4, .. size.Zip(pyramid.Strides[level], (voxels, stride) => (long)((voxels + stride - 1) / stride))], levels[level].shape);
            Assert.All(Dense.Of(levels[level]).Values, value => Assert.True(float.IsFinite(value)));
        }

        Dense.Of(Resize.Subsample(levels[2], AxisSteps.Expand([2], rank, "stride"))).AssertClose(levels[3], 0);
    }

    [Theory, Ranks, NoTensorLeaks]
    public void Strides_may_differ_from_axis_to_axis(int rank)
    {
        using var scope = NewDisposeScope();
        int[] flat = rank == 2 ? [1, 2] : [1, 2, 2];
        BackboneOptions options = Options(BlockKind.Basic, 1) with
        {
            StemStride = flat,
            Stages = [new() { Width = 4, Stride = [1] }, new() { Width = 4, Stride = flat }, new() { Width = 4 }],
            ExtraLevels = 0,
        };
        using var pyramid = new FeaturePyramid(rank, options).Counted();
        int[] size = Size(rank);
        int[] expected = rank switch { 2 => [2, 8], 3 => [2, 8, 8], _ => [1, 2, 8, 8] };
        Assert.Equal(expected, pyramid.Strides[2]);
        IReadOnlyList<Tensor> levels = pyramid.call(Image(size));
        for (int level = 0; level < levels.Count; level++)
            Assert.Equal(size.Zip(pyramid.Strides[level], (voxels, stride) => (long)((voxels + stride - 1) / stride)), levels[level].shape[2..]);
    }

    [Theory, Ranks, NoTensorLeaks]
    public void A_level_is_smoothed_from_its_own_map_and_the_repeated_level_above(int rank)
    {
        using var scope = NewDisposeScope();
        BackboneOptions options = Options(BlockKind.Basic, 1);
        using var pyramid = new FeaturePyramid(rank, options).Counted();
        Weights.Randomise(pyramid, 4);
        using var trunk = new Trunk(rank, options).Counted();
        Weights.Copy(pyramid, "trunk.", trunk);
        Tensor image = Image(Size(rank));
        IReadOnlyList<Tensor> maps = trunk.call(image), levels = pyramid.call(image);
        Tensor? above = null;
        for (int level = 2; level >= 0; level--)
        {
            using ConvUnit lateral = Unit(options.Stages[level].Width, AxisSteps.Kernel(rank, 1, 1)), smoother = Unit(4, AxisSteps.Kernel(rank, 3, 3));
            Weights.Copy(pyramid, $"laterals.{level}.", lateral);
            Weights.Copy(pyramid, $"smoothers.{level}.", smoother);
            Tensor merged = lateral.call(maps[level]);
            if (above is not null)
            {
                for (int axis = rank == 4 ? 1 : 0; axis < rank; axis++)
                    above = above.repeat_interleave(2, axis + 2).narrow(axis + 2, 0, merged.shape[axis + 2]);
                merged += above;
            }

            above = merged;
            Dense.Of(smoother.call(merged)).AssertClose(levels[level], 1e-4f);
        }
    }

    private static ConvUnit Unit(int inputs, int[] kernel) =>
        new ConvUnit(inputs, 4, kernel, [.. Enumerable.Repeat(1, kernel.Length)], Normalisation.None, rectified: false).Counted();

    private static BackboneOptions Options(BlockKind block, int pool) => new()
    {
        StemWidth = 4,
        StemStride = [2],
        StemPool = [pool],
        Block = block,
        Stages = [new() { Width = 4, Stride = [1] }, new() { Width = 8, Depth = 2 }, new() { Width = 12 }],
        PyramidWidth = 4,
        PyramidNormalisation = Normalisation.None,
        ExtraLevels = 2,
    };

    private static int[] Size(int rank) => rank == 4 ? Movie : Odd[1..(rank + 1)];

    private static Tensor Image(int[] size) => Dense.Random(1, [2, 1, .. size]).ToTensor();
}
