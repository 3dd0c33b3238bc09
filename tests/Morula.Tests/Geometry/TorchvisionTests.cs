using Morula.Geometry;
using Morula.Layers;
using Morula.Matching;
using Morula.Volumes;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Geometry;

/// <summary>Rank 2 against torchvision 0.14, number by number.</summary>
public sealed class TorchvisionTests
{
    [Fact, NoTensorLeaks]
    public void Overlap_equals_box_iou()
    {
        using var scope = NewDisposeScope();
        var golden = new TorchvisionGolden("suppression");
        float[] boxes = golden.Boxes("boxes");
        Tensor matrix = Overlap.Matrix(Boxes.From(boxes, 2), Boxes.From(boxes[..40], 2));
        AssertClose(golden.Floats("overlap_with_first_ten"), matrix, 1e-6f);
    }

    [Fact]
    public void Suppression_equals_nms_and_batched_nms()
    {
        var golden = new TorchvisionGolden("suppression");
        float[] boxes = golden.Boxes("boxes"), scores = golden.Floats("scores");
        double threshold = golden.Number("threshold");
        Assert.Equal(golden.Ints("kept"), Suppression.Keep(boxes, scores, 2, threshold, 1000));
        Assert.Equal(golden.Ints("kept_per_class"), Suppression.KeepPerClass(boxes, scores, golden.Ints("classes"), 2, threshold, 1000));
    }

    [Fact, NoTensorLeaks]
    public void Coder_equals_BoxCoder()
    {
        using var scope = NewDisposeScope();
        var golden = new TorchvisionGolden("coder");
        Boxes reference = Boxes.From(golden.Boxes("reference"), 2);
        var coder = new BoxCoder();
        AssertClose(golden.Boxes("encoded"), coder.Encode(Boxes.From(golden.Boxes("truth"), 2), reference), 1e-4f);
        AssertClose(golden.Boxes("decoded"), coder.Decode(tensor(golden.Boxes("deltas"), [12, 4]), reference).Values, 2e-4f);
    }

    [Theory, InlineData("plain", false), InlineData("low_quality", true)]
    public void Matcher_equals_Matcher(string key, bool keepBest)
    {
        var golden = new TorchvisionGolden("matcher");
        var matcher = new Matcher(golden.Number("positive_at"), golden.Number("negative_below"), keepBest);
        Assert.Equal(golden.Ints(key), matcher.Match(golden.Boxes("truth"), golden.Boxes("candidates"), 2, out _));
    }

    [Fact, NoTensorLeaks]
    public void Anchors_equal_AnchorGenerator()
    {
        using var scope = NewDisposeScope();
        var golden = new TorchvisionGolden("anchors");
        float[][][] shapes = [.. golden.Get<float[][]>("shapes_x_y").Select(level => level.Chunk(2).Select(shape => new[] { shape[1], shape[0] }).ToArray())];
        var grid = new AnchorGrid(shapes, golden.Get<int[][]>("strides"), offset: 0);
        var extents = golden.Get<int[][]>("extents");
        float[] anchors = [.. Enumerable.Range(0, 2).SelectMany(level => grid.Level(level, new Extent(extents[level]), CPU).ToArray())];
        Assert.Equal(golden.Boxes("anchors"), anchors);
    }

    [Theory]
    [InlineData(1, false), InlineData(2, false), InlineData(1, true), InlineData(2, true)]
    [NoTensorLeaks]
    public void Pooling_and_its_gradient_equal_roi_align(int samples, bool byGather)
    {
        using var scope = NewDisposeScope();
        var golden = new TorchvisionGolden("pooling");
        Tensor map = tensor(golden.Floats("map"), golden.Get<long[]>("shape")).requires_grad_();
        Boxes rois = Boxes.From(golden.Boxes("rois"), 2);
        double[] scale = [golden.Number("scale"), golden.Number("scale")];
        var bins = new Extent(golden.Ints("bins_y_x"));
        int[] index = golden.Ints("index");
        Tensor pooled = byGather ? RoiAlign.PoolByGather(map, rois, index, scale, bins, samples) : RoiAlign.Pool(map, rois, index, scale, bins, samples);
        AssertClose(golden.Floats($"pooled_{samples}"), pooled, 1e-5f);
        float[] outgoing = [.. Enumerable.Range(0, (int)pooled.numel()).Select(place => (place % 7) - 3f)];
        pooled.mul(tensor(outgoing, pooled.shape)).sum().backward();
        AssertClose(golden.Floats($"gradient_{samples}"), map.grad!, 1e-4f);
        RoiAlign.EndBackward();
    }

    private static void AssertClose(float[] expected, Tensor actual, float tolerance)
    {
        float[] found = actual.detach().contiguous().data<float>().ToArray();
        Assert.Equal(expected.Length, found.Length);
        for (int place = 0; place < found.Length; place++)
            Assert.Equal(expected[place], found[place], tolerance * Math.Max(1, Math.Abs(expected[place])));
    }
}
