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
        if (IsFrame(info, options)) return Clip(info, options);
        var whole = new Extent([.. Enumerable.Repeat(1, missing), .. info.Extent.Sizes]);
        return (whole, whole);
    }

    /// <summary>Whether a file is one frame of a movie that the network sees in clips.</summary>
    public static bool IsFrame(VolumeInfo info, MorulaOptions options) => options.Model.Rank == 4 && info.Extent.Rank == 3;

    // As many frames as the network sees at once.
    private static (Extent Own, Extent Working) Clip(VolumeInfo info, MorulaOptions options)
    {
        int frames = options.Inference.Window.FramesOf(options.Samples);
        Extent working = CommonGrid.Working(info.Spacing, info.Extent, options.Samples.OfFrame(info.Extent.Rank).Spacing);
        return (new Extent([frames, .. info.Extent.Sizes]), new Extent([frames, .. working.Sizes]));
    }
}
