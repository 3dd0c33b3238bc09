using Morula.Formats;
using Morula.Model;
using Morula.Options;
using Morula.Tests.Formats;
using Morula.Tests.Layers;
using Morula.Tests.Model;
using Morula.Tests.Options;
using Morula.Training;
using Morula.Volumes;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Training;

public sealed class InheritanceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact, NoTensorLeaks]
    public void A_network_for_movies_first_sees_a_still_movie_as_its_origin_sees_the_image()
    {
        using var scope = NewDisposeScope();
        ModelOptions still = TinyScene.Options(3);
        // Nothing is suppressed: how much two boxes overlap depends on their frames too.
        still = still with
        {
            Proposals = still.Proposals with { SuppressionOverlap = 1, CandidateCount = 10_000, ProposalCount = 10_000 },
            Regions = still.Regions with { ScoreThreshold = 0, SuppressionOverlap = 1, DetectionCount = 10_000 },
        };
        using MaskRcnn origin = new MaskRcnn(still, 3).Counted();
        MaskRcnnTests.Randomise(origin);
        ModelOptions moving = still with { Rank = 4, Regions = still.Regions with { TimeBins = 3 }, Proposals = still.Proposals with { AnchorFrames = [3], Anchors = [] } };
        Checkpoint saved = Save(origin, still);
        moving = Inheritance.Adopt(moving, saved);
        DeepEquality.AssertSame(still.Proposals.Anchors, moving.Proposals.Anchors);
        using MaskRcnn heir = new MaskRcnn(moving, 4).Counted();
        Inheritance.Apply(saved, heir);
        using Batch batch = TinyScene.Batch(3, 1);
        Detections expected = origin.Detect(batch.Images)[0];
        // Three frames of the same image: its cells are found in them, whatever frames their anchors span.
        Detections found = heir.Detect(batch.Images.unsqueeze(2).repeat(1, 1, 3, 1, 1, 1))[0];
        Assert.True(expected.Count > 3);
        Assert.All(Enumerable.Range(0, 3), best => Assert.Contains(Enumerable.Range(0, found.Count), index =>
            Math.Abs(expected.Scores[best] - found.Scores[index]) < 1e-4 && Near(expected.Box(best), found.Box(index))));
    }

    [Fact, NoTensorLeaks]
    public void The_same_network_takes_all_weights()
    {
        using var scope = NewDisposeScope();
        ModelOptions options = TinyScene.Options(2);
        using MaskRcnn origin = new MaskRcnn(options, 3).Counted(), heir = new MaskRcnn(options, 4).Counted();
        Inheritance.Apply(Save(origin, options), heir);
        foreach (var ((name, given), (_, taken)) in origin.named_parameters().Zip(heir.named_parameters())) Assert.True(given.equal(taken).all().item<bool>(), name);
    }

    [Fact, NoTensorLeaks]
    public void Another_network_is_refused_by_the_first_weight_that_does_not_fit()
    {
        using var scope = NewDisposeScope();
        ModelOptions options = TinyScene.Options(2);
        using MaskRcnn origin = new MaskRcnn(options, 3).Counted();
        using MaskRcnn wider = new MaskRcnn(options with { Regions = options.Regions with { MaskWidth = options.Regions.MaskWidth + 8 } }, 4).Counted();
        Checkpoint saved = Save(origin, options);
        Assert.Contains("must have the same layers", Assert.Throws<VolumeFormatException>(() => Inheritance.Apply(saved, wider)).Message, StringComparison.Ordinal);
        using MaskRcnn volume = new MaskRcnn(TinyScene.Options(3), 4).Counted();
        Assert.Contains("is a network of rank 2", Assert.Throws<VolumeFormatException>(() => Inheritance.Apply(saved, volume)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private Checkpoint Save(MaskRcnn model, ModelOptions options)
    {
        Checkpoint.Save(folder["origin.safetensors"], model, OptionsFile.Write(new MorulaOptions { Model = options }), new Dictionary<string, string>());
        return Checkpoint.Load(folder["origin.safetensors"]);
    }

    private static bool Near(ReadOnlySpan<float> box, ReadOnlySpan<float> moving)
    {
        for (int axis = 0; axis < 3; axis++)
        {
            if (Math.Abs(box[axis] - moving[axis + 1]) > 1e-3 || Math.Abs(box[3 + axis] - moving[5 + axis]) > 1e-3) return false;
        }

        return true;
    }
}
