using System.Globalization;
using Morula.Formats;

namespace Morula.Samples;

/// <summary>What a record of an index is good for: two files as they are, and a view of them.</summary>
/// <param name="Image">Name, length and time of the last change of the image.</param>
/// <param name="Labels">The same of the labels.</param>
/// <param name="View">Rank, spacing, percentiles, and whether a spacing may be missing.</param>
internal sealed record IndexKey(string Image, string Labels, string View)
{
    /// <summary>The key of a pair.</summary>
    /// <param name="pair">The files.</param>
    /// <param name="folder">Paths are relative to it, so that data may be moved together with its index.</param>
    /// <param name="rank">Axes that are asked for; null: by content.</param>
    /// <param name="options">Spacing and percentiles.</param>
    public static IndexKey Of(Pair pair, string folder, int? rank, SampleOptions options)
    {
        string spacing = options.Spacing is { } steps ? string.Join(' ', steps.Select(step => step.ToString("R", CultureInfo.InvariantCulture))) : "own";
        return new IndexKey(
            Stamp(pair.ImagePath, folder), Stamp(pair.LabelPath, folder),
            string.Create(CultureInfo.InvariantCulture, $"{rank}|{spacing}|{options.LowPercentile:R}|{options.HighPercentile:R}|{options.Uncalibrated}"));
    }

    /// <summary>Length, time of the last change and name of a file or store.</summary>
    public static string Stamp(string path, string folder)
    {
        var (length, changed) = VolumeStamp.Of(path);
        return string.Create(CultureInfo.InvariantCulture, $"{length}|{changed.Ticks}|{Path.GetRelativePath(folder, Path.GetFullPath(path))}");
    }
}
