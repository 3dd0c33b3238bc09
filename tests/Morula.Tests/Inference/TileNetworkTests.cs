using Morula.Inference;
using Morula.Model;
using Morula.Samples;
using Morula.Tests.Layers;
using Morula.Tests.Model;
using Morula.Volumes;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Inference;

public sealed class TileNetworkTests
{
    // Far more than the tiny network sees around a voxel.
    private const int Halo = 24;

    [Theory, InlineData(80, 16), InlineData(56, 12, 12), InlineData(2, 52, 8, 8)]
    [NoTensorLeaks]
    public void What_is_found_away_from_the_border_of_a_tile_does_not_depend_on_it(params int[] sizes)
    {
        using var scope = NewDisposeScope();
        using var model = new MaskRcnn(Everything(sizes.Length), 3).Counted();
        // Boxes stay where their anchors are.
        foreach (var (name, weights) in Weights.Of(model).Where(one => one.Key.Contains("deltas", StringComparison.Ordinal))) Weights.Set(weights, new float[weights.numel()]);
        Volume image = Image(new Extent(sizes));
        int cut = SpatialAxes.First(sizes.Length), limit = (sizes[cut] * 3 / 4 / 4 * 4) - Halo;
        var network = new TileNetwork(model, new SampleOptions { Crop = [4] }, new InferenceOptions(), CPU);
        NormalisationMoments? shared = network.Observe(image.Extent, image.CropToEdge, TestContext.Current.CancellationToken);
        Assert.NotNull(shared);
        var place = new Block(new int[sizes.Length], [.. sizes.Select((size, axis) => axis == cut ? limit + Halo : size)]);
        var tile = image.Crop(place);
        float[] whole = Scores(network.Detect(image, image.Extent.Whole, image.Extent, shared)), seen = Scores(network.Detect(tile, place, image.Extent, shared)), own = Scores(network.Detect(tile, place, image.Extent, null));
        Assert.True(whole.Length > 20);
        Assert.Equal(whole.Length, seen.Length);
        Assert.All(whole.Zip(seen), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        Assert.Contains(whole.Zip(own), pair => Math.Abs(pair.First - pair.Second) > 1e-3f);

        float[] Scores(Detections found) => [.. Enumerable.Range(0, found.Count).Where(index => Middle(found.Box(index), cut) < limit).Select(index => found.Scores[index]).Order()];
    }

    [Theory, Ranks(16), NoTensorLeaks]
    public void An_image_of_one_tile_and_few_samples_keeps_its_own_moments(int rank, int side)
    {
        using var scope = NewDisposeScope();
        using var model = new MaskRcnn(TinyScene.Options(rank), 3).Counted();
        var network = new TileNetwork(model, new SampleOptions { Crop = [side] }, new InferenceOptions(), CPU);
        Assert.Null(network.Observe(Extent.Cube(rank, side), place => new Volume(place.Extent, Spacing.Unit(rank)), TestContext.Current.CancellationToken));
    }

    // All candidates in order of place: nothing is dropped for another, none for its score.
    private static ModelOptions Everything(int rank)
    {
        ModelOptions tiny = TinyScene.Options(rank);
        return tiny with
        {
            Proposals = tiny.Proposals with { SuppressionOverlap = 1, CandidateCount = 100_000, ProposalCount = 100_000 },
            Regions = tiny.Regions with { ScoreThreshold = 0, SuppressionOverlap = 1, DetectionCount = 100_000, MaskBins = 1 },
        };
    }

    private static double Middle(ReadOnlySpan<float> box, int axis) => (box[axis] + (double)box[(box.Length / 2) + axis]) / 2;

    private static Volume Image(Extent extent)
    {
        var random = new Random(5);
        return new Volume(extent, Spacing.Unit(extent.Rank), [.. Enumerable.Range(0, (int)extent.Count).Select(_ => (random.NextSingle() * 2) - 1)]);
    }
}
