using Morula.Formats;
using Morula.Volumes;

namespace Morula.Samples;

/// <summary>How the files of a pair are read; tests put volumes in memory in its place.</summary>
/// <param name="Image">Path and wanted rank (null: by content) to image.</param>
/// <param name="Labels">Path and wanted rank to labels.</param>
/// <param name="IsCalibrated">Whether a file states its spacing.</param>
/// <param name="IsFrame">Whether a file has no time axis; null: none is asked.</param>
internal sealed record PairReader(Func<string, int?, Volume> Image, Func<string, int?, LabelVolume> Labels, Func<string, bool> IsCalibrated, Func<string, bool>? IsFrame = null)
{
    public static PairReader Files { get; } = new(
        (path, rank) => VolumeFile.ReadImage(path, rank: rank),
        (path, rank) => VolumeFile.ReadLabels(path, rank: rank),
        path => VolumeFile.ReadInfo(path).IsCalibrated,
        path => VolumeFile.ReadInfo(path).Frames == 1);
}
