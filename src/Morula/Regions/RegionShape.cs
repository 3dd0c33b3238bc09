using Morula.Backbone;
using Morula.Volumes;
using static TorchSharp.torch;

namespace Morula.Regions;

/// <summary>Sizes of what is pooled and predicted of a region.</summary>
internal sealed class RegionShape(int rank, RegionOptions options)
{
    /// <summary>Bins per axis for the box head.</summary>
    public Extent BoxBins { get; } = Bins(rank, options.BoxBins, options.TimeBins);

    /// <summary>Bins per axis for the mask head.</summary>
    public Extent MaskBins { get; } = Bins(rank, options.MaskBins, options.TimeBins);

    /// <summary>Sizes of a predicted mask: twice as fine along the axes of space.</summary>
    public Extent MaskExtent { get; } = new([.. Bins(rank, options.MaskBins, options.TimeBins).Sizes.ToArray()
        .Zip(AxisSteps.Expand([2], rank, "mask"), (bins, factor) => bins * factor)]);

    /// <summary>Of rows that hold one run of numbers per class (or one for all), the run of each row's class: [R, width].</summary>
    public Tensor OfClass(Tensor rows, Tensor classes, long width)
    {
        if (options.ClassAgnostic) return rows;
        using var scope = NewDisposeScope();
        Tensor index = classes.reshape(-1, 1, 1).expand(-1, 1, width);
        return rows.reshape(rows.shape[0], -1, width).gather(1, index).squeeze(1).MoveToOuterDisposeScope();
    }

    private static Extent Bins(int rank, int space, int time)
    {
        var bins = new int[rank];
        Array.Fill(bins, space);
        if (rank > 3) bins[0] = time;
        return new Extent(bins);
    }
}
