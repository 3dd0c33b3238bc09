using Morula.Geometry;
using Morula.Proposals;
using Morula.Tests.Geometry;
using Morula.Tests.Layers;
using Morula.Volumes;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Proposals;

public sealed class ProposalSelectionTests
{
    private static readonly Extent Image = Extent.Cube(4, 27);

    [Theory, Ranks, NoTensorLeaks]
    public void Selection_is_what_its_definition_says(int rank)
    {
        using var scope = NewDisposeScope();
        var given = new AnchorCase(rank);
        var extent = new Extent(Image.Sizes[..rank]);
        using ProposalNetwork network = AnchorCase.Network(rank, AnchorCase.Options with { CandidateCount = 90, ProposalCount = 40, SuppressionOverlap = 0.1 });
        IReadOnlyList<(float[] Boxes, float[] Scores)> proposals = network.Select(given.Predictions(), extent);
        Assert.Equal(2, proposals.Count);
        for (int image = 0; image < 2; image++)
        {
            var expected = Slowly(given, image, extent, 90, 40, 0.1);
            Dense.AssertClose([.. expected.SelectMany(found => found.Box)], proposals[image].Boxes, 1e-4f);
            Dense.AssertClose([.. expected.Select(found => found.Score)], proposals[image].Scores, 1e-5f);
        }
    }

    [Theory, Ranks, NoTensorLeaks]
    public void Each_part_of_an_image_brings_its_own(int rank)
    {
        using var scope = NewDisposeScope();
        var given = new AnchorCase(rank);
        var extent = new Extent(Image.Sizes[..rank]);
        int[] sample = [.. Enumerable.Range(0, rank).Select(axis => axis == 0 ? 13 : 27)];
        using ProposalNetwork network = AnchorCase.Network(rank, AnchorCase.Options with { CandidateCount = 40, ProposalCount = 7, SuppressionOverlap = 0.1 });
        IReadOnlyList<(float[] Boxes, float[] Scores)> proposals = network.Select(given.Predictions(), extent, SampleParts.Of(extent, extent.Whole, sample));
        for (int image = 0; image < 2; image++)
        {
            // The first part has 13 of 13 slices of a sample, the second 14.
            var all = Slowly(given, image, extent, 150, 150, 1).OrderByDescending(found => found.Score).ToArray();
            float[][] anchors = [.. Enumerable.Range(0, AnchorCase.Count).Select(anchor => given.Anchor(anchor).ToArray())];
            Assert.Equal(150, all.Length);
            var candidates = all.Where(found => IsFirst(anchors[found.Anchor])).Take(40).Concat(all.Where(found => !IsFirst(anchors[found.Anchor])).Take(43)).OrderByDescending(found => found.Score);
            var kept = new List<(float[] Box, float Score, int Anchor)>();
            foreach (var found in candidates)
            {
                bool hasRoom = kept.Count(other => IsFirst(other.Box) == IsFirst(found.Box)) < 7;
                if (hasRoom && kept.TrueForAll(other => RandomBoxes.Overlap(other.Box, 0, found.Box, 0, rank) <= 0.1)) kept.Add(found);
            }

            Assert.Equal(14, kept.Count);
            Dense.AssertClose([.. kept.SelectMany(found => found.Box)], proposals[image].Boxes, 1e-4f);
        }

        bool IsFirst(float[] box) => (box[0] + box[rank]) / 2 < 13;
    }

    [Fact, NoTensorLeaks]
    public void Selection_equals_that_of_torchvision()
    {
        using var scope = NewDisposeScope();
        var golden = new TorchvisionGolden("proposals", "Proposals");
        using ProposalNetwork network = AnchorCase.Network(2, AnchorCase.Options with
        {
            CandidateCount = (int)golden.Number("candidates"),
            ProposalCount = (int)golden.Number("kept"),
            SuppressionOverlap = golden.Number("suppression"),
        });
        var proposals = network.Select(ProposalLossTests.Golden(golden), new Extent(golden.Ints("extent_y_x")));
        for (int image = 0; image < 2; image++)
        {
            Dense.AssertClose(golden.Boxes($"boxes_{image}"), proposals[image].Boxes, 1e-4f);
            Dense.AssertClose(golden.Floats($"scores_{image}"), proposals[image].Scores, 1e-5f);
        }
    }

    // A head of known weights: channel 0 of the map, times one more than the anchor's number, is the logit of a cell.
    [Theory, Ranks, NoTensorLeaks]
    public void Every_prediction_stands_beside_its_own_anchor(int rank)
    {
        using var scope = NewDisposeScope();
        ProposalOptions options = AnchorCase.Options with { Width = 3, Normalisation = Morula.Layers.Normalisation.None, AnchorFrames = [5] };
        using ProposalNetwork network = AnchorCase.Network(rank, options);
        Dictionary<string, TorchSharp.Modules.Parameter> weights = Weights.Of(network);
        using (no_grad())
        {
            foreach (var (name, weight) in weights)
            {
                if (name.Contains("time", StringComparison.Ordinal)) continue;
                weight.zero_();
                Tensor middle = weight;
                if (weight.dim() > 1) while (middle.dim() > 2) middle = middle.select(2, middle.shape[2] / 2);
                if (name.Contains("shared", StringComparison.Ordinal) && weight.dim() > 1) middle.copy_(eye(3));
                if (name.Contains("logits", StringComparison.Ordinal) && weight.dim() > 1) middle.select(1, 0).copy_(tensor([0f, 1f, 0f, 2f]));
                if (name.Contains("deltas", StringComparison.Ordinal) && weight.dim() > 1) middle.select(1, 1).copy_(arange(4 * rank));
            }
        }

        int[] size = [.. Enumerable.Range(2, rank)];
        Dense map = Dense.Build([2, 3, .. size], place => place[0] + 1 + place[2..].Select((at, axis) => at * Math.Pow(10, axis)).Sum());
        AnchorPredictions predictions = network.Predict([map.ToTensor()]);
        int[][] places = [.. Dense.Places(size)];
        Dense logits = Dense.Of(predictions.Logits), deltas = Dense.Of(predictions.Deltas);
        float[] anchors = predictions.Anchors.ToArray();
        Assert.Equal([2, 2 * places.Length, 2], logits.Shape);
        for (int row = 0; row < 2 * places.Length; row++)
        {
            (int[] place, int anchor) = (places[row / 2], row % 2);
            float value = map[[1, 0, .. place]];
            Assert.Equal([0, value * (anchor + 1)], [logits[[1, row, 0]], logits[[1, row, 1]]]);
            for (int column = 0; column < 2 * rank; column++) Assert.Equal(value * ((anchor * 2 * rank) + column), deltas[[1, row, column]], 1e-2f);
            float[] sides = [.. Enumerable.Range(0, rank).Select(axis => rank == 4 && axis == 0 ? 5 : anchor == 0 ? 4f : 6)];
            Assert.Equal(place.Zip(sides, (at, side) => ((at + 0.5f) * 2) - (side / 2)), anchors.AsSpan(row * 2 * rank, rank).ToArray());
            Assert.Equal(place.Zip(sides, (at, side) => ((at + 0.5f) * 2) + (side / 2)), anchors.AsSpan((row * 2 * rank) + rank, rank).ToArray());
        }
    }

    [Theory, Ranks, NoTensorLeaks]
    public void Anchors_may_be_cut_at_the_ends_of_time_and_there_alone(int rank)
    {
        using var scope = NewDisposeScope();
        ProposalOptions options = AnchorCase.Options with { Normalisation = Morula.Layers.Normalisation.None, AnchorFrames = [3] };
        using ProposalNetwork whole = AnchorCase.Network(rank, options), cut = AnchorCase.Network(rank, options with { CutInTime = true });
        int[] size = [1, 3, .. Enumerable.Repeat(3, rank)];
        float[] expected = whole.Predict([Dense.Random(2, size).ToTensor()]).Anchors.ToArray(), found = cut.Predict([Dense.Random(2, size).ToTensor()]).Anchors.ToArray();
        if (rank == 4)
        {
            for (int side = 0; side < expected.Length; side += rank) expected[side] = Math.Clamp(expected[side], 0, 3);
        }

        Assert.Equal(expected, found);
    }

    [Fact]
    public void Anchors_that_do_not_fit_the_pyramid_are_refused()
    {
        Assert.Throws<ArgumentException>(() => AnchorCase.Network(3, AnchorCase.Options with { Anchors = [] }));
        Assert.Throws<ArgumentException>(() => AnchorCase.Network(3, AnchorCase.Options with { Anchors = [[[4]], [[8]]] }));
        Assert.Throws<ArgumentException>(() => AnchorCase.Network(3, AnchorCase.Options with { FirstLevel = 1 }));
        Assert.Throws<ArgumentException>(() => AnchorCase.Network(3, AnchorCase.Options with { Anchors = [[[4, 5]]] }));
    }

    private static List<(float[] Box, float Score, int Anchor)> Slowly(AnchorCase given, int image, Extent extent, int candidates, int most, double threshold)
    {
        int rank = given.Rank;
        var scored = Enumerable.Range(0, AnchorCase.Count)
            .Select(anchor => (anchor, score: 1 / (1 + Math.Exp(given.Logits[[image, anchor, 0]] - given.Logits[[image, anchor, 1]]))))
            .OrderByDescending(pair => pair.score).Take(candidates);
        var kept = new List<(float[] Box, float Score, int Anchor)>();
        foreach (var (anchor, score) in scored)
        {
            float[] code = [.. Enumerable.Range(0, 2 * rank).Select(column => given.Deltas[[image, anchor, column]])];
            float[] box = SlowLosses.Decode(code, given.Anchor(anchor));
            box = [.. box.Select((value, column) => Math.Clamp(value, 0, (float)extent[column % rank]))];
            if (kept.All(other => RandomBoxes.Overlap(other.Box, 0, box, 0, rank) <= threshold)) kept.Add((box, (float)score, anchor));
        }

        return [.. kept.Take(most)];
    }
}
