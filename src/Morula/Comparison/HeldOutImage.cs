using Morula.Formats;
using Morula.Samples;
using Morula.Volumes;

namespace Morula.Comparison;

/// <summary>Reads an image with its truth.</summary>
internal static class HeldOutImage
{
    /// <summary>Image and truth, each on its own grid, with one spacing where only one file states it; the background is 0.</summary>
    public static (Volume Image, LabelVolume Truth) Read(Pair pair, int rank, int background)
    {
        var (image, truth) = CommonGrid.ShareSpacing(VolumeFile.ReadImage(pair.ImagePath, rank: rank), VolumeFile.ReadLabels(pair.LabelPath, rank: rank));
        return background == 0
            ? (image, truth)
            : (image, new LabelVolume(truth.Extent, truth.Spacing, Array.ConvertAll(truth.Voxels, label => label == background ? 0 : label)));
    }
}
