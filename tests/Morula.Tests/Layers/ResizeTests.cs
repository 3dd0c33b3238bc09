using Morula.Layers;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Layers;

public sealed class ResizeTests
{
    private static readonly int[] Size = [2, 5, 4, 7];
    private static readonly int[] Step = [1, 2, 3, 2];

    [Theory, Ranks, NoTensorLeaks]
    public void Repeat_reads_the_voxel_at_place_over_factor(int rank)
    {
        using var scope = NewDisposeScope();
        Dense input = Dense.Random(1, [2, 3, .. Size[^rank..]]);
        int[] factor = Step[^rank..];
        int[] target = [.. Size[^rank..].Zip(factor, (size, step) => (size * step) - (step > 1 ? 1 : 0))];
        Dense expected = Dense.Build([2, 3, .. target], place => input[[place[0], place[1], .. place[2..].Zip(factor, (at, step) => at / step)]]);
        expected.AssertClose(Resize.Repeat(input.ToTensor(), factor, [.. target.Select(size => (long)size)]), 0);
    }

    [Theory, Ranks, NoTensorLeaks]
    public void Subsample_keeps_every_nth_voxel_from_the_first(int rank)
    {
        using var scope = NewDisposeScope();
        Dense input = Dense.Random(2, [2, 3, .. Size[^rank..]]);
        int[] step = Step[^rank..];
        int[] target = [.. Size[^rank..].Zip(step, (size, every) => (size + every - 1) / every)];
        Dense expected = Dense.Build([2, 3, .. target], place => input[[place[0], place[1], .. place[2..].Zip(step, (at, every) => at * every)]]);
        Tensor actual = Resize.Subsample(input.ToTensor(), step);
        expected.AssertClose(actual, 0);
        Assert.True(actual.is_contiguous());
    }

    [Theory, Ranks, NoTensorLeaks]
    public void MaxPool_is_the_largest_of_three_along_every_pooled_axis(int rank)
    {
        using var scope = NewDisposeScope();
        Dense input = Dense.Random(3, [2, 3, .. Size[^rank..]]);
        int[] step = [.. Step[^rank..].Select(every => Math.Min(every, 2))];
        if (rank == 3) step[1] = 1;
        int[] target = [.. Size[^rank..].Zip(step, (size, every) => (size + every - 1) / every)];
        int[] window = [.. step.Select(every => every > 1 ? 3 : 1)];
        Dense expected = Dense.Build([2, 3, .. target], place => Dense.Places(window)
            .Select(tap => (int[])[place[0], place[1], .. Enumerable.Range(0, rank).Select(axis => (place[axis + 2] * step[axis]) + tap[axis] - (window[axis] / 2))])
            .Where(source => input.IsInside(source)).Max(source => input[source]));
        expected.AssertClose(Resize.MaxPool(input.ToTensor(), step), 0);
    }

    [Fact, NoTensorLeaks]
    public void MaxPool_equals_that_of_the_tensor_library()
    {
        using var scope = NewDisposeScope();
        using var plane = nn.MaxPool2d(3, 2, 1);
        using var volume = nn.MaxPool3d(3, 2, 1);
        Tensor image = Dense.Random(4, 2, 3, 9, 10).ToTensor(), stack = Dense.Random(5, 2, 3, 5, 8, 7).ToTensor();
        Dense.Of(plane.call(image)).AssertClose(Resize.MaxPool(image, [2, 2]), 0);
        Dense.Of(volume.call(stack)).AssertClose(Resize.MaxPool(stack, [2, 2, 2]), 0);
    }

    [Fact, NoTensorLeaks]
    public void Time_cannot_be_pooled()
    {
        using var scope = NewDisposeScope();
        Tensor movie = zeros([1, 1, 4, 4, 4, 4]);
        Assert.Throws<ArgumentException>(() => Resize.MaxPool(movie, [2, 2, 2, 2]));
    }

    [Theory, Ranks, NoTensorLeaks]
    public void Unfold_moves_a_block_of_channels_into_space(int rank)
    {
        using var scope = NewDisposeScope();
        int[] factor = Step[^rank..], size = [.. Size[^rank..].Select(value => Math.Min(value, 3))];
        int blocks = factor.Aggregate(1, (product, step) => product * step);
        Dense input = Dense.Random(6, [2, 2 * blocks, .. size]);
        Dense expected = Dense.Build([2, 2, .. size.Zip(factor, (coarse, step) => coarse * step)], place =>
        {
            int block = 0;
            for (int axis = 0; axis < rank; axis++) block = (block * factor[axis]) + (place[axis + 2] % factor[axis]);
            return input[[place[0], (place[1] * blocks) + block, .. place[2..].Zip(factor, (at, step) => at / step)]];
        });
        expected.AssertClose(Resize.Unfold(input.ToTensor(), factor), 0);
    }

    [Theory, InlineData(2), InlineData(3)]
    [NoTensorLeaks]
    public void A_pointwise_convolution_unfolded_is_a_transposed_one_of_kernel_and_stride_two(int rank)
    {
        using var scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> transposed = rank == 2 ? nn.ConvTranspose2d(3, 4, 2, stride: 2, bias: false) : nn.ConvTranspose3d(3, 4, 2, stride: 2, bias: false);
        transposed.Counted();
        int[] ones = [.. Enumerable.Repeat(1, rank)], twos = [.. Enumerable.Repeat(2, rank)];
        using var pointwise = Conv.Create(3, 4 << rank, ones, ones, bias: false).Counted();
        Tensor weight = Weights.Of(transposed)["weight"];                                 // [3, 4, 2, ...]
        Weights.Set(Weights.Of(pointwise)["weight"], Dense.Of(weight.flatten(1).transpose(0, 1)).Values);
        Tensor input = Dense.Random(7, [2, 3, .. Enumerable.Range(3, rank)]).ToTensor();
        Dense.Of(transposed.call(input)).AssertClose(Resize.Unfold(pointwise.call(input), twos), 1e-6f);
    }
}
