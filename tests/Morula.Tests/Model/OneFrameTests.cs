using Morula.Layers;
using Morula.Model;
using Morula.Regions;
using Morula.Tests.Geometry;
using Morula.Tests.Layers;
using Morula.Volumes;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Model;

/// <summary>A movie of one frame is a volume: the whole network of rank 4 gives what that of rank 3 gives with the same weights.</summary>
public sealed class OneFrameTests
{
    [Fact, NoTensorLeaks]
    public void Losses_are_those_of_the_volume()
    {
        using var scope = NewDisposeScope();
        var (volume, movie) = Pair();
        using var first = volume;
        using var second = movie;
        using Batch still = TinyScene.Batch(3, 2);
        using Batch single = Lift(still);
        Losses expected = volume.ComputeLosses(still, new Random(2)), found = movie.ComputeLosses(single, new Random(2));
        // A box has eight numbers instead of six; the two of time are met exactly, so that the mean is over more zeros.
        foreach (var ((name, loss), (_, lifted)) in expected.Parts().Zip(found.Parts()))
            Assert.Equal(loss.item<float>() * (name.EndsWith("box", StringComparison.Ordinal) ? 6f / 8 : 1), lifted.item<float>(), 1e-5f);
        expected.Total().backward();
        found.Total().backward();
        RoiAlign.EndBackward();
        Parameter stem = Weights.Of(volume)["pyramid.trunk.stem.convolution.weight"];
        Assert.True(stem.grad!.abs().max().item<float>() > 0);
        Assert.NotNull(Weights.Of(movie)["pyramid.smoothers.0.convolution.time.weight"].grad);
    }

    [Fact, NoTensorLeaks]
    public void Detections_are_those_of_the_volume()
    {
        using var scope = NewDisposeScope();
        var (volume, movie) = Pair();
        using var first = volume;
        using var second = movie;
        using Batch still = TinyScene.Batch(3, 2);
        using Batch single = Lift(still);
        IReadOnlyList<Detections> expected = volume.Detect(still.Images), found = movie.Detect(single.Images);
        for (int image = 0; image < 2; image++)
        {
            Assert.True(expected[image].Count > 5);
            Assert.Equal(new Extent([1, .. expected[image].MaskExtent.Sizes]), found[image].MaskExtent);
            Dense.AssertClose(expected[image].Scores, found[image].Scores, 1e-5f);
            Dense.AssertClose(RandomBoxes.Lift(expected[image].Boxes, 3), found[image].Boxes, 1e-5f);
            Dense.AssertClose(expected[image].Masks, found[image].Masks, 1e-5f);
            Assert.Equal(expected[image].Classes, found[image].Classes);
        }
    }

    private static (MaskRcnn Volume, MaskRcnn Movie) Pair()
    {
        ModelOptions options = TinyScene.Options(3);
        options = options with
        {
            Proposals = options.Proposals with { AnchorFrames = [1] },
            Regions = options.Regions with { TimeBins = 1, ScoreThreshold = 0, ClassAgnostic = false },
        };
        MaskRcnn volume = new MaskRcnn(options, 3).Counted(), movie = new MaskRcnn(options with { Rank = 4 }, 4).Counted();
        MaskRcnnTests.Randomise(volume);
        Dictionary<string, Parameter> source = Weights.Of(volume);
        foreach (var (name, parameter) in movie.named_parameters())
        {
            if (name.Contains(".time.", StringComparison.Ordinal) || name.Contains(".events.", StringComparison.Ordinal)) continue;
            Parameter given = source[name.Replace(".space.", ".", StringComparison.Ordinal)];
            float[] values = Dense.Of(given).Values;
            Weights.Set(parameter, given.numel() == parameter.numel() ? values : AddTime(values, values.Length / (int)given.shape[0]));
        }

        return (volume, movie);
    }

    /// <summary>Rows for Z Y X shifts and sizes become rows for T Z Y X, those of time 0.</summary>
    private static float[] AddTime(float[] rows, int width) =>
        [.. rows.Chunk(width * 3).SelectMany(half => (float[])[.. new float[width], .. half])];

    private static Batch Lift(Batch batch) => new(batch.Images.unsqueeze(2), [.. batch.Truth.Select(truth => truth with
    {
        Boxes = RandomBoxes.Lift(truth.Boxes, 3),
        Volume = new LabelVolume(new Extent([1, .. truth.Volume.Extent.Sizes]), Spacing.Unit(4), truth.Volume.Voxels),
    })]);
}
