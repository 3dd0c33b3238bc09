using Morula.Formats;
using Morula.Lineages;
using Morula.Volumes;

namespace Morula.Tests.Tracking;

/// <summary>
/// The published embryo of C. elegans, frames 24 to 53. In frame 52 its labels show a daughter of 288 voxels beside her mother of
/// 107,896, who holds two nuclei and divides into halves a frame later; the fragment is given back to the mother.
/// </summary>
internal static class RealMovie
{
    private const int Frame = 52;
    private const int Mother = 289;
    private const int Fragment = 290;

    public static TrackedMovie Open(string folder)
    {
        using var mended = new Formats.TemporaryFolder();
        File.WriteAllLines(
            mended["tracks.csv"], File.ReadAllLines(Path.Combine(folder, "tracks.csv")).Where(row => !row.StartsWith($"{Frame},{Fragment},", StringComparison.Ordinal)));
        FrameSequence labels = FrameSequence.Open(Path.Combine(folder, "labels"), 24, 53);
        return new TrackedMovie(labels, LineageTable.Read(mended["tracks.csv"]).Between(24, 53));
    }

    public static IEnumerable<LabelVolume> Frames(TrackedMovie movie)
    {
        for (int index = 0; index < movie.Labels.Count; index++)
        {
            LabelVolume frame = movie.Labels.ReadLabels(index);
            if (movie.Labels.Numbers[index] == Frame) frame = new LabelVolume(frame.Extent, frame.Spacing, [.. frame.Voxels.Select(label => label == Fragment ? Mother : label)]);
            yield return frame;
        }
    }
}
