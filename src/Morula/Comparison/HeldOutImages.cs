using Morula.Formats;
using Morula.Lineages;
using Morula.Samples;

namespace Morula.Comparison;

/// <summary>The images that networks are judged on: each for itself, or as the frames of a movie.</summary>
internal sealed class HeldOutImages
{
    private const int RankOfFrames = 3;

    private HeldOutImages(IReadOnlyList<Pair> pairs, FrameSequence? movie, Lineage? lineage)
    {
        Pairs = pairs;
        Movie = movie;
        Lineage = lineage;
    }

    /// <summary>The images with their truth; frames of a movie are in order of time.</summary>
    public IReadOnlyList<Pair> Pairs { get; }

    /// <summary>The images as a movie; null where each is judged for itself.</summary>
    public FrameSequence? Movie { get; }

    /// <summary>The true tracks in the frames of the movie; null where there is none.</summary>
    public Lineage? Lineage { get; }

    /// <summary>The images of a split.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="split">The split that is judged on.</param>
    /// <param name="asMovie">Whether they are taken as a movie, against which there is no <see cref="MovieObstacle"/>.</param>
    public static HeldOutImages Of(DataSet data, Split split, bool asMovie)
    {
        IReadOnlyList<Pair> pairs = data.Of(split);
        if (!asMovie) return new HeldOutImages(pairs, null, null);
        var movie = FrameSequence.OfFiles(Path.GetDirectoryName(pairs[0].ImagePath)!, pairs.Select(pair => pair.ImagePath), first: null, last: null);
        Dictionary<string, Pair> byPath = pairs.ToDictionary(pair => pair.ImagePath, StringComparer.Ordinal);
        Pair[] ordered = [.. Enumerable.Range(0, movie.Count).Select(frame => byPath[movie.PathOf(frame)])];
        return new HeldOutImages(ordered, movie, data.LineageOf(split)!.Between(movie.Numbers[0], movie.Numbers[^1]));
    }

    /// <summary>Number of axes of an image, where a network of these options is asked.</summary>
    public int RankFor(MorulaOptions options) => Movie is null ? options.Model.Rank : RankOfFrames;

    /// <summary>Refuses a movie with a true label that no track has: found before networks are trained for hours.</summary>
    /// <param name="background">A label of the truth that means background beside 0.</param>
    /// <exception cref="VolumeFormatException">Names file and label.</exception>
    public void RequireTracks(int background)
    {
        if (Movie is null) return;
        for (int frame = 0; frame < Pairs.Count; frame++)
        {
            string path = Pairs[frame].LabelPath;
            IEnumerable<int> labels = FrameLabels.Of(VolumeFile.ReadLabels(path, rank: RankOfFrames).Voxels).Where(label => label != background);
            TracksCheck.RequireKnown(path, Movie.Numbers[frame], labels, Lineage!, LineageTable.FileName);
        }
    }
}
