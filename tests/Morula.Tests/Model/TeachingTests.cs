using Morula.Backbone;
using Morula.Layers;
using Morula.Model;
using Morula.Tests.Layers;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Model;

/// <summary>Every means that bounds memory against one graph for everything: the same losses and the same gradients.</summary>
public sealed class TeachingTests
{
    public static TheoryData<int, string> Means()
    {
        var cases = new TheoryData<int, string>();
        foreach (int rank in new[] { 2, 3, 4 })
            foreach (string name in All.Keys) cases.Add(rank, name);
        return cases;
    }

    private static Dictionary<string, MemoryOptions> All { get; } = new(StringComparer.Ordinal)
    {
        ["staged"] = new(),
        ["stem and first stage recomputed"] = new() { RecomputedStages = 1 },
        ["all stages recomputed"] = new() { RecomputedStages = 16 },
        ["pyramid recomputed"] = new() { RecomputedPyramid = true },
        ["regions one by one"] = new() { RegionChunk = 1 },
        ["regions by threes"] = new() { RegionChunk = 3 },
        ["all means"] = new() { RecomputedStages = 16, RecomputedPyramid = true, RegionChunk = 2 },
    };

    [Theory, MemberData(nameof(Means)), NoTensorLeaks]
    public void A_means_changes_neither_losses_nor_gradients(int rank, string means)
    {
        using var scope = NewDisposeScope();
        using Batch batch = TinyScene.Batch(rank, 2);
        Taught expected = Teach(TinyScene.Options(rank), batch, TrainedParts.All, new MemoryOptions { Staged = false });
        Taught found = Teach(TinyScene.Options(rank), batch, TrainedParts.All, All[means]);
        AssertClose(expected, found, 2e-5);
    }

    [Theory, Ranks, NoTensorLeaks]
    public void Levels_that_are_not_smoothed_and_extra_ones_get_their_gradients_too(int rank)
    {
        using var scope = NewDisposeScope();
        using Batch batch = TinyScene.Batch(rank);
        ModelOptions options = TinyScene.Options(rank);
        options = options with
        {
            Backbone = options.Backbone with { SmoothedFrom = 1, ExtraLevels = 1 },
            Regions = options.Regions with { MaskNegatives = true, ClassAgnostic = false },
            Proposals = options.Proposals with { FirstLevel = 0, Anchors = [.. Enumerable.Repeat(options.Proposals.Anchors[0], options.Backbone.Stages.Count + 1)] },
        };
        Taught expected = Teach(options, batch, TrainedParts.All, new MemoryOptions { Staged = false });
        AssertClose(expected, Teach(options, batch, TrainedParts.All, All["all means"]), 2e-5);
        Assert.DoesNotContain(expected.Gradients, entry => entry.Value.Length == 0);
    }

    [Theory, Ranks, NoTensorLeaks]
    public void Phases_teach_the_same_parts(int rank)
    {
        using var scope = NewDisposeScope();
        using Batch batch = TinyScene.Batch(rank);
        foreach (TrainedParts parts in new[] { TrainedParts.Proposals, TrainedParts.Regions })
        {
            Taught expected = Teach(TinyScene.Options(rank), batch, parts, new MemoryOptions { Staged = false });
            AssertClose(expected, Teach(TinyScene.Options(rank), batch, parts, All["all means"]), 2e-5);
        }
    }

    [Theory, Ranks, NoTensorLeaks]
    public void A_chunk_of_images_is_a_batch_of_its_own(int rank)
    {
        using var scope = NewDisposeScope();
        using Batch batch = TinyScene.Batch(rank, 2);
        Taught halves = Teach(TinyScene.Options(rank), batch, TrainedParts.All, new MemoryOptions { ImageChunk = 1 });
        var random = new Random(3);
        var singles = batch.Chunks(1).Select(single => Teach(TinyScene.Options(rank), single, TrainedParts.All, new MemoryOptions(), random)).ToArray();
        foreach (var (name, loss) in halves.Losses) Assert.Equal(singles.Average(one => one.Losses[name]), loss, 1e-5);
        foreach (var (name, gradient) in halves.Gradients)
        {
            for (int index = 0; index < gradient.Length; index++)
                Assert.Equal(singles.Average(one => one.Gradients[name][index]), gradient[index], 1e-5 + (1e-4 * Math.Abs(gradient[index])));
        }
    }

    [Theory, Ranks, NoTensorLeaks]
    public void Half_precision_points_the_same_way(int rank)
    {
        Assert.SkipUnless(Morula.Tensors.HalfPrecision.IsAvailable, Morula.Tensors.HalfPrecision.Missing);
        using var scope = NewDisposeScope();
        using Batch batch = TinyScene.Batch(rank);
        foreach (MemoryOptions means in new[] { new MemoryOptions { Staged = false }, All["staged"], All["all means"] })
        {
            Taught expected = Teach(TinyScene.Options(rank), batch, TrainedParts.Proposals, means);
            Taught found = Teach(TinyScene.Options(rank), batch, TrainedParts.Proposals, means with { Precision = Precision.BFloat16 });
            Assert.Equal(expected.Losses["loss"], found.Losses["loss"], 0.02 * expected.Losses["loss"]);
            Assert.NotEqual(expected.Losses["loss"], found.Losses["loss"]);
            Assert.InRange(Cosine(expected, found), 0.98, 1);
        }
    }

    private static Taught Teach(ModelOptions options, Batch batch, TrainedParts parts, MemoryOptions memory, Random? random = null)
    {
        using var scope = NewDisposeScope();
        using MaskRcnn model = new MaskRcnn(options, 1).Counted();
        MaskRcnnTests.Randomise(model);
        var losses = model.Teach(batch, random ?? new Random(3), parts, memory);
        return new Taught(losses, model.named_parameters().Where(entry => entry.parameter.grad is not null)
            .ToDictionary(entry => entry.name, entry => Dense.Of(entry.parameter.grad!).Values, StringComparer.Ordinal));
    }

    private static void AssertClose(Taught expected, Taught found, double tolerance)
    {
        Assert.Equal(expected.Losses.Keys.Order(), found.Losses.Keys.Order());
        foreach (var (name, loss) in expected.Losses) Assert.Equal(loss, found.Losses[name], tolerance * Math.Max(1, loss));
        Assert.Equal(expected.Gradients.Keys.Order(), found.Gradients.Keys.Order());
        foreach (var (name, gradient) in expected.Gradients)
        {
            double size = gradient.Max(Math.Abs);
            for (int index = 0; index < gradient.Length; index++)
                Assert.True(Math.Abs(gradient[index] - found.Gradients[name][index]) <= tolerance * Math.Max(size, 1e-2), $"{name}[{index}]: {gradient[index]} and {found.Gradients[name][index]}");
        }
    }

    private static double Cosine(Taught first, Taught second)
    {
        double product = 0, left = 0, right = 0;
        foreach (var (name, gradient) in first.Gradients)
        {
            for (int index = 0; index < gradient.Length; index++)
            {
                product += (double)gradient[index] * second.Gradients[name][index];
                left += (double)gradient[index] * gradient[index];
                right += (double)second.Gradients[name][index] * second.Gradients[name][index];
            }
        }

        return product / Math.Sqrt(left * right);
    }

    private sealed record Taught(IReadOnlyDictionary<string, double> Losses, Dictionary<string, float[]> Gradients);
}
