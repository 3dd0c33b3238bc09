using Morula.Volumes;

namespace Morula.Samples;

/// <summary>A block of a pair on its working grid.</summary>
/// <param name="Image">Normalised intensities.</param>
/// <param name="Labels">Labels of the same voxels.</param>
/// <param name="Lower">Place of the first voxel in the whole.</param>
/// <param name="Whole">Sizes of the whole.</param>
internal sealed record PairPart(Volume Image, LabelVolume Labels, int[] Lower, Extent Whole)
{
    /// <summary>A pair held whole.</summary>
    public static PairPart Of(Volume image, LabelVolume labels) => new(image, labels, new int[image.Rank], image.Extent);

    /// <summary>A window of the whole, all of which but for what reaches outside lies in this part; outside is background.</summary>
    public PairPart Crop(Block window)
    {
        Block here = window.Shift([.. Lower.Select(bound => -bound)]);
        return new PairPart(Image.Crop(here, Intensity.Background), Labels.Crop(here), window.Lower.ToArray(), Whole);
    }
}
