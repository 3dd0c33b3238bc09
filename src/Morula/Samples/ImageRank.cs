using Morula.Formats;

namespace Morula.Samples;

/// <summary>The rank at which the files of a pair are read.</summary>
internal static class ImageRank
{
    /// <summary>As the crop says; null: by content.</summary>
    public static int? Of(string path, SampleOptions options) => Of(options, () => VolumeFile.ReadInfo(path).Frames == 1);

    /// <summary>A crop of one number says nothing of the rank; one with a time axis may be cut from frames that are files of their own.</summary>
    public static int? Of(SampleOptions options, Func<bool> isFrame)
    {
        if (options.Crop.Length <= 1) return null;
        return options.Crop.Length == 4 && isFrame() ? 3 : options.Crop.Length;
    }
}
