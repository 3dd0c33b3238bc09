using Morula.Lineages;

namespace Morula.Samples;

/// <summary>An image and its truth, as files.</summary>
/// <param name="Name">Name within the data set: the file name of the image without its extension.</param>
/// <param name="ImagePath">File of intensities.</param>
/// <param name="LabelPath">File of labels; its grid may be another one over the same physical field.</param>
/// <param name="ObjectsPath">Table with the columns label and class; null where every cell is of class 1.</param>
/// <param name="Split">What the pair is used for.</param>
public sealed record Pair(string Name, string ImagePath, string LabelPath, string? ObjectsPath, Split Split)
{
    /// <summary>The embryo that the image shows: as the data set names it, empty where it speaks of one alone.</summary>
    public string Embryo { get; init; } = string.Empty;

    /// <summary>Of a clip: its frames in order of time, each a pair of files of its own. Empty: the files hold all there is.</summary>
    public IReadOnlyList<Pair> Frames { get; init; } = [];

    /// <summary>Of a clip: the number of its first frame.</summary>
    public int FirstFrame { get; init; }

    /// <summary>The table that tells the lineage of the movie to which the pair belongs; null where there is none.</summary>
    public string? TracksPath { get; init; }

    /// <summary>Who descends from whom in the movie to which the pair belongs; null where that is not known.</summary>
    public Lineage? Lineage { get; init; }
}
