using Morula.Model;
using Morula.Volumes;

namespace Morula.Bench.Operators;

/// <summary>Detections as a perfect network would make them: tight boxes and masks of every label, scores falling from 0.99.</summary>
internal static class TrueDetections
{
    /// <summary>Detections of a truth.</summary>
    /// <param name="truth">Labels.</param>
    /// <param name="bins">Bins of a mask along every axis.</param>
    public static Detections Of(LabelVolume truth, int bins)
    {
        Extent mask = Extent.Cube(truth.Rank, bins);
        IReadOnlyList<LabelledCell> cells = truth.Cells();
        return new Detections(
            truth.Rank,
            [.. cells.SelectMany(cell => Corners(cell.Box))],
            [.. cells.Select((_, index) => 0.99f - (0.3f * index / cells.Count))],
            [.. cells.Select(_ => 1)],
            mask,
            [.. cells.SelectMany(cell => Mask(truth, cell, mask))]);
    }

    /// <summary>Lowers, then uppers.</summary>
    public static IEnumerable<float> Corners(Block box) => box.Lower.ToArray().Concat(box.Upper.ToArray()).Select(side => (float)side);

    private static float[] Mask(LabelVolume truth, LabelledCell cell, Extent mask)
    {
        LabelVolume crop = truth.Crop(cell.Box);
        float[] inside = [.. crop.Voxels.Select(label => label == cell.Label ? 1f : 0f)];
        return new Volume(crop.Extent, crop.Spacing, inside).Resample(mask).Voxels;
    }
}
