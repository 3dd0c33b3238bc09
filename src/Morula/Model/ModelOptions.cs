using Morula.Backbone;
using Morula.Options;
using Morula.Proposals;
using Morula.Regions;
using Morula.Volumes;

namespace Morula.Model;

/// <summary>The whole network.</summary>
public sealed record ModelOptions
{
    /// <summary>Axes of an image: 2 (Y X), 3 (Z Y X) or 4 (T Z Y X). Default 3.</summary>
    [Range(2, 4)]
    public int Rank { get; init; } = 3;

    /// <summary>Names of the classes, background not counted. Default one: cell.</summary>
    public IReadOnlyList<string> Classes { get; init; } = ["cell"];

    /// <summary>Image to pyramid.</summary>
    public BackboneOptions Backbone { get; init; } = new();

    /// <summary>Pyramid to candidate boxes.</summary>
    public ProposalOptions Proposals { get; init; } = new();

    /// <summary>Candidate boxes to class, box and mask.</summary>
    public RegionOptions Regions { get; init; } = new();

    /// <summary>The largest size of a cell, in voxels along an axis of space, that the network looks for first: that of its largest anchor, 0 without anchors.</summary>
    internal int LargestCell => (int)Math.Ceiling(Proposals.AnchorShapes(Rank).SelectMany(level => level).SelectMany(shape => shape[SpatialAxes.First(Rank)..]).DefaultIfEmpty().Max());
}
