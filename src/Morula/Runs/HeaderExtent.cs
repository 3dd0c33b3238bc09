using Morula.Formats;
using Morula.Samples;
using Morula.Volumes;

namespace Morula.Runs;

/// <summary>Sizes of an image by its header: as it is, and on the working grid.</summary>
internal static class HeaderExtent
{
    public static (Extent Own, Extent Working) Read(string path, MorulaOptions options)
    {
        VolumeInfo info = VolumeFile.ReadInfo(path);
        int missing = options.Model.Rank - info.Extent.Rank;
        if (missing == 0) return (info.Extent, CommonGrid.Working(info.Spacing, info.Extent, options.Samples.Spacing));
        if (missing < 0) return (info.Extent, info.Extent);
        var whole = new Extent([.. Enumerable.Repeat(1, missing), .. info.Extent.Sizes]);
        return (whole, whole);
    }
}
