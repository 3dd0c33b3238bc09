using Morula.Model;

namespace Morula.Planning;

/// <summary>The parts of a network.</summary>
internal sealed class NetworkSketch(ModelOptions model)
{
    public ModelShape Shape { get; } = new(model);

    public BackboneSketch Backbone { get; } = new(model.Rank, model.Backbone);

    public ProposalSketch Proposals { get; } = new(model.Rank, model.Backbone, model.Proposals);

    public BoxHeadSketch BoxHead { get; } = new(new ModelShape(model));

    public MaskHeadSketch MaskHead { get; } = new(new ModelShape(model));

    /// <summary>Number of learnt numbers.</summary>
    public long Parameters => Backbone.Parameters + Proposals.Parameters + BoxHead.Parameters + MaskHead.Parameters;
}
