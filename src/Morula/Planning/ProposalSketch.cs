using Morula.Backbone;
using Morula.Proposals;

namespace Morula.Planning;

/// <summary>The proposal head over its levels, the anchors, and the matching of anchors on the host.</summary>
internal sealed class ProposalSketch
{
    public const string Name = "proposals";
    private const int IntegersPerAnchor = 6;
    private readonly ProposalOptions options;
    private readonly UnitSketch shared;
    private readonly LayerSketch logits;
    private readonly LayerSketch deltas;
    private readonly int rank;
    private readonly int anchors;

    public ProposalSketch(int rank, BackboneOptions backbone, ProposalOptions options)
    {
        (this.rank, this.options) = (rank, options);
        int[] one = AxisSteps.Kernel(rank, 1, 1);
        shared = new UnitSketch(Name, backbone.PyramidWidth, options.Width, AxisSteps.Kernel(rank, 3, backbone.TimeKernel), one, options.Normalisation);
        anchors = options.AnchorShapes(rank)[0].Length;
        logits = UnitSketch.CreateConvolution(Name, options.Width, anchors * 2, one, one);
        deltas = UnitSketch.CreateConvolution(Name, options.Width, anchors * 2 * rank, one, one);
    }

    public long Parameters => shared.Parameters + logits.Parameters + deltas.Parameters;

    /// <summary>Logits, deltas and anchors of all levels, held for the caller.</summary>
    public Sketch[] Predict(Ledger ledger, IReadOnlyList<Sketch> pyramid, bool keeps)
    {
        ledger.Begin(Name);
        var parts = new List<Sketch>();
        for (int level = 0; level < options.Anchors.Count; level++)
        {
            Sketch map = pyramid[options.FirstLevel + level];
            Sketch hidden = shared.Forward(ledger, map, keeps);
            foreach (LayerSketch layer in new[] { logits, deltas })
            {
                Sketch raw = layer.Forward(ledger, hidden, keeps);
                parts.Add(ledger.Make(Name, [raw.Count], raw.Width));
                ledger.Release(raw);
            }

            ledger.Release(hidden);
            long count = anchors * map.Space.Aggregate(1L, (product, size) => product * size);
            Sketch boxes = ledger.Make(Name, [count, 2 * rank]);
            ledger.Pass(2 * boxes.Bytes);
            parts.Add(boxes);
        }

        Sketch[] all = [.. Enumerable.Range(0, 3).Select(kind => Join(kind))];
        foreach (Sketch part in parts) ledger.Release(part);
        return all;

        Sketch Join(int kind) => ledger.Make(Name, [parts.Where((_, index) => index % 3 == kind).Sum(part => part.Count)], parts[kind].Width);
    }

    /// <summary>Books the choice of proposals and, where losses follow, the matching on the host.</summary>
    public void Choose(Ledger ledger, Sketch[] predictions, bool matches)
    {
        long count = predictions[2].Count / (2 * rank);
        ledger.Pass(5 * count * sizeof(float));
        if (matches) ledger.Pass((2 * predictions[2].Bytes) + (IntegersPerAnchor * count * sizeof(int)));
    }

    /// <summary>The backward pass; the levels gather their gradients.</summary>
    public void Backward(Ledger ledger, Sketch[] predictions, LevelSketches levels)
    {
        ledger.Begin($"{Name} backward");
        Sketch[] gradients = [.. predictions.Take(2).Select(part => ledger.Make(Name, part.Shape))];
        ledger.Pass(gradients[1].Bytes);
        for (int level = options.Anchors.Count - 1; level >= 0; level--)
        {
            Sketch map = levels.Maps[options.FirstLevel + level];
            Sketch shift = deltas.Backward(ledger, Raw(ledger, map, rank), wantsInput: true)!;
            Sketch score = logits.Backward(ledger, Raw(ledger, map, 1), wantsInput: true)!;
            ledger.Release(score);
            levels.Gather(options.FirstLevel + level, shared.Backward(ledger, shift, wantsInput: true)!);
        }

        foreach (Sketch gradient in gradients) ledger.Release(gradient);
    }

    private Sketch Raw(Ledger ledger, Sketch map, int sides) =>
        ledger.Make(Name, [map.Shape[0], 2L * sides * anchors, .. map.Space]);
}
