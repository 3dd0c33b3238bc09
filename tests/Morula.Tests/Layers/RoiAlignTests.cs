using Morula.Geometry;
using Morula.Layers;
using Morula.Tests.Geometry;
using Morula.Volumes;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Layers;

public sealed class RoiAlignTests
{
    private const int Rois = 6;
    private static readonly int[] ImageIndex = [0, 1, 1, 0, 1, 0];

    [Theory]
    [Ranks(1, 3), Ranks(2, 3), Ranks(3, 20), Ranks(1, 37)]
    [NoTensorLeaks]
    public void Kernel_and_tensor_operations_give_what_the_definition_gives(int rank, int samples, int channels)
    {
        using var scope = NewDisposeScope();
        Case given = Case.Make(rank, channels, samples);
        float[] expected = given.Slowly();
        AssertClose(expected, given.Pool(), 2e-5f);
        AssertClose(expected, given.PoolByGather(), 2e-5f);
        Assert.Contains(expected, value => Math.Abs(value) > 0.1f);
    }

    [Theory]
    [Ranks(1, 3), Ranks(2, 20)]
    [NoTensorLeaks]
    public void The_gradient_is_that_of_the_tensor_operations(int rank, int samples, int channels)
    {
        using var scope = NewDisposeScope();
        Case given = Case.Make(rank, channels, samples);
        Tensor weights = randn(given.PooledShape);
        AssertClose(given.Gradient(given.PoolByGather, weights), given.Gradient(given.Pool, weights), 5e-5f);
        RoiAlign.EndBackward();
    }

    // The pooling is linear in the map: <pool(map), g> = <map, pool'(g)> for any map and g.
    [Theory]
    [Ranks(1), Ranks(2)]
    [NoTensorLeaks]
    public void The_gradient_is_the_transposed_pooling(int rank, int samples)
    {
        using var scope = NewDisposeScope();
        Case given = Case.Make(rank, 5, samples);
        Tensor outgoing = randn(given.PooledShape);
        Tensor gradient = given.Gradient(given.Pool, outgoing);
        double pooled = given.Slowly().Zip(outgoing.data<float>().ToArray(), (a, b) => (double)a * b).Sum();
        double spread = given.Map.detach().mul(gradient).sum(ScalarType.Float64).item<double>();
        Assert.Equal(pooled, spread, 1e-3);
        RoiAlign.EndBackward();
    }

    [Fact, NoTensorLeaks]
    public void The_gradient_does_not_depend_on_the_number_of_threads()
    {
        using var scope = NewDisposeScope();
        int threads = get_num_threads();
        Case given = Case.Make(3, 40, 2);
        Tensor outgoing = randn(given.PooledShape);
        var gradients = new List<float[]>();
        foreach (int count in new[] { 1, 2, 3 })
        {
            set_num_threads(count);
            gradients.Add(given.Gradient(given.Pool, outgoing).data<float>().ToArray());
            RoiAlign.EndBackward();
        }

        set_num_threads(threads);
        Assert.Equal(gradients[0], gradients[1]);
        Assert.Equal(gradients[0], gradients[2]);
    }

    [Theory, InlineData(2), InlineData(3)]
    [NoTensorLeaks]
    public void One_slice_or_one_frame_changes_nothing(int rank)
    {
        using var scope = NewDisposeScope();
        Case given = Case.Make(rank, 4, 2);
        Tensor lifted = RoiAlign.Pool(
            given.Map.unsqueeze(2), Boxes.From(RandomBoxes.Lift(given.Boxes, rank), rank + 1), ImageIndex, [1, .. given.Scale], new Extent([1, .. given.Bins.Sizes]), 2);
        AssertClose(given.Pool(), lifted.squeeze(2), 1e-6f);
    }

    [Theory, Ranks, NoTensorLeaks]
    public void A_box_of_one_voxel_reads_that_voxel(int rank)
    {
        using var scope = NewDisposeScope();
        long[] shape = [1, 1, .. Enumerable.Range(3, rank).Select(size => (long)size)];
        Tensor map = arange(shape.Aggregate(1L, (a, b) => a * b), dtype: ScalarType.Float32).reshape(shape);
        float[] box = [.. Enumerable.Repeat(1f, rank), .. Enumerable.Repeat(2f, rank)];
        Tensor pooled = RoiAlign.Pool(map, Boxes.From(box, rank), [0], [.. Enumerable.Repeat(1.0, rank)], Extent.Cube(rank, 1), 1);
        TensorIndex[] place = [0, 0, .. Enumerable.Repeat(TensorIndex.Single(1), rank)];
        Assert.Equal(map[place].item<float>(), pooled.item<float>());
    }

    [Fact, NoTensorLeaks]
    public void No_boxes_give_an_empty_result_and_a_gradient_of_zeros()
    {
        using var scope = NewDisposeScope();
        Tensor map = randn([2, 3, 4, 5]).requires_grad_();
        Tensor pooled = RoiAlign.Pool(map, Boxes.From([], 2), [], [1, 1], Extent.Cube(2, 7), 1);
        Assert.Equal([0, 3, 7, 7], pooled.shape);
        pooled.sum().backward();
        RoiAlign.EndBackward();
        Assert.Equal(0, map.grad!.abs().sum().item<float>());
    }

    [Fact, NoTensorLeaks]
    public void A_map_that_is_not_contiguous_pools_the_same()
    {
        using var scope = NewDisposeScope();
        Case given = Case.Make(3, 6, 1);
        Tensor strided = given.Map.detach().transpose(2, 4).contiguous().transpose(2, 4);
        Tensor pooled = RoiAlign.Pool(strided, Boxes.From(given.Boxes, 3), ImageIndex, given.Scale, given.Bins, 1);
        AssertClose(given.Pool(), pooled, 0);
    }

    [Fact, NoTensorLeaks]
    public void Repeated_steps_leave_no_tensor_even_without_a_scope_around_backward()
    {
        for (int step = 0; step < 3; step++)
        {
            Tensor loss;
            using (var scope = NewDisposeScope())
            {
                Case given = Case.Make(2, 4, 1);
                loss = given.Pool().sum().MoveToOuterDisposeScope();
            }

            loss.backward();
            loss.Dispose();
            RoiAlign.EndBackward();
        }
    }

    // Autograd refuses a backward pass through a remembered tensor that was changed since.
    [Fact, NoTensorLeaks]
    public void The_map_is_not_remembered_for_the_backward_pass()
    {
        using var scope = NewDisposeScope();
        Case given = Case.Make(3, 5, 1);
        Tensor outgoing = randn(given.PooledShape);
        Tensor expected = given.Gradient(given.Pool, outgoing);
        Tensor inner = given.Map + 0;
        Tensor pooled = RoiAlign.Pool(inner, Boxes.From(given.Boxes, 3), ImageIndex, given.Scale, given.Bins, 1);
        using (no_grad()) inner.zero_();
        pooled.backward([outgoing]);
        AssertClose(expected, given.Map.grad!, 0);
        RoiAlign.EndBackward();
    }

    [Theory, InlineData(true), InlineData(false)]
    [NoTensorLeaks]
    public void What_goes_wrong_in_a_backward_pass_is_thrown_after_it(bool leaf)
    {
        using var scope = NewDisposeScope();
        Tensor map = zeros([1, 2, 4, 4], requires_grad: true);
        var plan = new RoiAlignPlan(map.shape, [0, 0, 2, 2], [0], [1, 1], Extent.Cube(2, 2), 1);
        Tensor pooled = RoiAlignFunction.Pool(leaf ? map : map * 2, plan);
        plan.MapShape[0] = -1;
        pooled.sum().backward();
        Assert.ThrowsAny<Exception>(RoiAlign.EndBackward);
        RoiAlign.EndBackward(); // once only
    }

    [Fact, NoTensorLeaks]
    public void What_does_not_fit_is_refused()
    {
        using var scope = NewDisposeScope();
        Tensor map = zeros([1, 2, 4, 4]);
        Boxes box = Boxes.From([0, 0, 2, 2], 2);
        Assert.Throws<ArgumentException>(() => RoiAlign.Pool(map, box, [1], [1, 1], Extent.Cube(2, 2), 1));
        Assert.Throws<ArgumentException>(() => RoiAlign.Pool(map, box, [0, 0], [1, 1], Extent.Cube(2, 2), 1));
        Assert.Throws<ArgumentException>(() => RoiAlign.Pool(map, box, [0], [1], Extent.Cube(2, 2), 1));
        Assert.Throws<ArgumentException>(() => RoiAlign.Pool(map.unsqueeze(2), box, [0], [1, 1], Extent.Cube(2, 2), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RoiAlign.Pool(map, box, [0], [1, 1], Extent.Cube(2, 2), 0));
    }

    private static void AssertClose(Tensor expected, Tensor actual, float tolerance)
    {
        Assert.Equal(expected.shape, actual.shape);
        AssertClose(expected.detach().contiguous().data<float>().ToArray(), actual, tolerance);
    }

    private static void AssertClose(float[] expected, Tensor actual, float tolerance)
    {
        float[] found = actual.detach().contiguous().data<float>().ToArray();
        Assert.Equal(expected.Length, found.Length);
        for (int place = 0; place < found.Length; place++) Assert.Equal(expected[place], found[place], tolerance);
    }

    /// <summary>Two maps and six boxes, some reaching far outside.</summary>
    private sealed record Case(Tensor Map, float[] Boxes, double[] Scale, Extent Bins, int Samples)
    {
        public long[] PooledShape => [Rois, Map.shape[1], .. Bins.Sizes.ToArray().Select(size => (long)size)];

        private int Rank => Bins.Rank;

        public static Case Make(int rank, int channels, int samples)
        {
            var random = new Random(rank);
            long[] shape = [2, channels, .. Enumerable.Range(0, rank).Select(axis => 6L + axis)];
            float[] numbers = [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => (random.NextSingle() * 2) - 1)];
            float[] boxes = [.. RandomBoxes.Make(rank, rank, Rois, side: 32, largest: 22).Select(value => value - 7)];
            return new Case(
                tensor(numbers, shape).requires_grad_(), boxes, [.. Enumerable.Range(0, rank).Select(axis => 0.5 / (1 + (axis % 2)))],
                new Extent([.. Enumerable.Range(0, rank).Select(axis => 2 + (axis % 3))]), samples);
        }

        public Tensor Pool() => RoiAlign.Pool(Map, Morula.Geometry.Boxes.From(Boxes, Rank), ImageIndex, Scale, Bins, Samples);

        public Tensor PoolByGather() => RoiAlign.PoolByGather(Map, Morula.Geometry.Boxes.From(Boxes, Rank), ImageIndex, Scale, Bins, Samples);

        public Tensor Gradient(Func<Tensor> pool, Tensor outgoing)
        {
            using var scope = NewDisposeScope();
            pool().mul(outgoing).sum().backward();
            Tensor gradient = Map.grad!.clone();
            Map.grad!.zero_();
            return gradient.MoveToOuterDisposeScope();
        }

        public float[] Slowly() => NaiveRoiAlign.Pool(Map.detach().data<float>().ToArray(), Map.shape, Boxes, ImageIndex, Scale, Bins, Samples);
    }
}
