using Morula.Backbone;
using Morula.Geometry;
using Morula.Layers;
using Morula.Proposals;
using Morula.Tests.Geometry;
using Morula.Tests.Layers;
using static TorchSharp.torch;

namespace Morula.Tests.Proposals;

/// <summary>Made-up predictions on random anchors of two images: one with four cells that anchors lie on, one with a fifth cell alone.</summary>
internal sealed class AnchorCase
{
    public const int Count = 150;

    public AnchorCase(int rank)
    {
        Rank = rank;
        Anchors = RandomBoxes.Make(rank, rank, Count, side: 30, largest: 14);
        float[] near = [.. Anchors[..(10 * rank)].Select((value, index) => value + (index % 4 * 0.1f))];
        Truth = [near[..(8 * rank)], near[(8 * rank)..]];
        Logits = Dense.Random(10 + rank, 2, Count, 2);
        Deltas = Dense.Random(20 + rank, 2, Count, 2 * rank);
    }

    public int Rank { get; }

    public float[] Anchors { get; }

    public float[][] Truth { get; }

    public Dense Logits { get; }

    public Dense Deltas { get; }

    public static ProposalOptions Options { get; } = new() { Anchors = [[[4], [6]]], Width = 4, SampleCount = 100_000, PositiveShare = 1 };

    public AnchorPredictions Predictions() => new(Logits.ToTensor(), Deltas.ToTensor(), Boxes.From(Anchors, Rank));

    public ReadOnlySpan<float> Anchor(int index) => Anchors.AsSpan(index * 2 * Rank, 2 * Rank);

    public static ProposalNetwork Network(int rank, ProposalOptions options) =>
        new ProposalNetwork(rank, new BackboneOptions { PyramidWidth = 3, PyramidNormalisation = Normalisation.None }, [[.. Enumerable.Repeat(2, rank)]], options).Counted();

    /// <summary>Per anchor the cell it answers for, -1 for background, -2 for neither: by all overlaps.</summary>
    public int[] Match(int image)
    {
        float[] truth = Truth[image];
        int cells = truth.Length / (2 * Rank);
        float[][] overlap = [.. Enumerable.Range(0, cells).Select(cell =>
            Enumerable.Range(0, Count).Select(anchor => RandomBoxes.Overlap(truth, cell, Anchors, anchor, Rank)).ToArray())];
        return [.. Enumerable.Range(0, Count).Select(anchor =>
        {
            int best = Enumerable.Range(0, cells).MaxBy(cell => overlap[cell][anchor]);
            bool nearest = overlap.Any(row => row[anchor] > 0 && row[anchor] >= row.Max());
            float largest = overlap[best][anchor];
            return largest >= 0.5 || nearest ? best : largest < 0.3 ? -1 : -2;
        })];
    }
}
