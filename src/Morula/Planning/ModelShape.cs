using Morula.Model;
using Morula.Regions;
using Morula.Volumes;

namespace Morula.Planning;

/// <summary>What follows from the options of a network alone.</summary>
internal sealed class ModelShape(ModelOptions options)
{
    public ModelOptions Options { get; } = options;

    public int Rank => Options.Rank;

    /// <summary>Levels that regions are pooled from: those that the anchors' sides fall on, or the finest where the anchors are fitted to cells later.</summary>
    public int RegionLevels { get; } = Levels(options);

    /// <summary>Regions of an image that enter the losses.</summary>
    public long SampledRegions => Options.Regions.SampleCount;

    /// <summary>Regions of an image whose masks are computed in training, at most.</summary>
    public long MaskedRegions(int cells)
    {
        RegionOptions regions = Options.Regions;
        long positives = cells == 0 ? 0 : (long)(regions.SampleCount * regions.PositiveShare);
        return Math.Min(positives, regions.MaskSampleCount) + (regions.MaskNegatives ? regions.SampleCount - positives : 0);
    }

    /// <summary>Bins per axis, from those in space.</summary>
    public Extent Bins(int space)
    {
        var bins = new int[Rank];
        Array.Fill(bins, space);
        if (Rank > 3) bins[0] = Options.Regions.TimeBins;
        return new Extent(bins);
    }

    private static int Levels(ModelOptions options)
    {
        RegionOptions regions = options.Regions;
        int highest = 0;
        foreach (double side in options.Proposals.Anchors.SelectMany(level => level).Select(anchor => anchor[^1]))
            highest = Math.Max(highest, regions.CanonicalLevel + (int)Math.Round(Math.Log2(side / regions.CanonicalSide)));
        return Math.Clamp(highest, 0, options.Backbone.Stages.Count - 1) + 1;
    }
}
