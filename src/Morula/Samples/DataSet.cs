using Morula.Formats;
using Morula.Lineages;
using Morula.Options;

namespace Morula.Samples;

/// <summary>The pairs of image and truth of a data set, each with its split.</summary>
public sealed class DataSet
{
    private DataSet(string path, IReadOnlyList<Pair> pairs, bool statesSplit)
    {
        Path = path;
        Pairs = pairs;
        StatesSplit = statesSplit;
    }

    /// <summary>Folder or index file of the data set.</summary>
    public string Path { get; }

    /// <summary>All pairs, in order of name (folder) or of the index file.</summary>
    public IReadOnlyList<Pair> Pairs { get; }

    /// <summary>Whether the split is chosen, by an index file or by <see cref="Select(SampleOptions, int)"/>; if not, all are training.</summary>
    public bool StatesSplit { get; }

    /// <summary>
    /// Opens a folder with <c>raw/</c> and <c>labels/</c> holding files of the same names, or a folder of such files for each embryo (and optionally
    /// <c>objects/NAME.csv</c> with columns label and class, and <c>tracks.csv</c>, or <c>tracks/EMBRYO.csv</c> for each embryo, with the lineage of a movie), or an index file
    /// <c>.csv</c> with the columns image, labels and optionally split, objects, embryo and tracks (the table of the movie to which the image belongs), whose paths are relative to the index.
    /// </summary>
    /// <exception cref="VolumeFormatException">Something is missing; the message says what and where.</exception>
    public static DataSet Open(string path)
    {
        if (Directory.Exists(path)) return new DataSet(path, WithLineages(PairFolder.Read(path)), statesSplit: false);
        if (!File.Exists(path))
            throw new VolumeFormatException(path, "no such data set; expected a folder with raw/ and labels/, or an index file (.csv).");
        var (pairs, statesSplit) = PairIndex.Read(path);
        return new DataSet(path, WithLineages(pairs), statesSplit);
    }

    /// <summary>Opens a data set and splits it as the options say.</summary>
    public static DataSet Open(string path, SampleOptions options, int seed) => Open(path).Select(options, seed);

    /// <summary>The pairs of one split.</summary>
    public IReadOnlyList<Pair> Of(Split split) => [.. Pairs.Where(pair => pair.Split == split)];

    /// <summary>Who descends from whom in the pairs of one split, where they belong to one movie and a table tells it; else null.</summary>
    public Lineage? LineageOf(Split split)
    {
        IReadOnlyList<Pair> pairs = Of(split);
        return pairs.Select(pair => pair.TracksPath).Distinct().Count() == 1 ? pairs[0].Lineage : null;
    }

    /// <summary>
    /// The pairs of one split as examples for a network of a rank: where it sees movies and the files hold single frames, clips of
    /// so many frames that follow each other, all there are or (apart) those that share no frame.
    /// </summary>
    /// <param name="split">Which pairs.</param>
    /// <param name="rank">Axes that the network sees.</param>
    /// <param name="frames">Frames of a clip.</param>
    /// <param name="apart">Whether clips share no frame.</param>
    public IReadOnlyList<Pair> Examples(Split split, int rank, int frames, bool apart = false)
    {
        IReadOnlyList<Pair> pairs = Of(split);
        return rank < 4 || pairs.Count == 0 || VolumeFile.ReadInfo(pairs[0].ImagePath).Frames > 1 ? pairs : Clips.Of(pairs, frames, apart);
    }

    /// <summary>The split that the options describe; see <see cref="Select(IReadOnlyList{string}, IReadOnlyList{string}, IReadOnlyList{string}, IReadOnlyList{string}, double, int)"/>.</summary>
    public DataSet Select(SampleOptions options, int seed) =>
        Select(options.Validation, options.Exclude, options.Training, options.Test, options.ValidationShare, seed);

    /// <summary>
    /// Splits by names, globs (t04*, embryo2/*) or ranges (t024..t045). Pairs that match no list are training pairs unless
    /// <paramref name="training"/> is given, when they are left out. Without any list the split that an index file states
    /// stays. Where no validation pair results, <paramref name="validationShare"/> of the training pairs is held out: whole embryos, drawn
    /// from <paramref name="seed"/>, where there are several, else a run of neighbours at a place drawn from it.
    /// </summary>
    /// <exception cref="OptionsException">A pattern matches nothing, a name is in two lists, or no training pair is left.</exception>
    public DataSet Select(
        IReadOnlyList<string>? validation = null,
        IReadOnlyList<string>? exclude = null,
        IReadOnlyList<string>? training = null,
        IReadOnlyList<string>? test = null,
        double validationShare = 0.1,
        int seed = 0)
    {
        List<Pair> chosen = Assign(validation ?? [], exclude ?? [], training ?? [], test ?? []);
        if (chosen.TrueForAll(pair => pair.Split != Split.Validation)) HoldOut(chosen, validationShare, new Random(seed));
        if (chosen.TrueForAll(pair => pair.Split != Split.Training))
            throw new OptionsException(Path, $"none of the {Pairs.Count} images is left for training.");
        return new DataSet(Path, chosen, statesSplit: true);
    }

    // Each table is read once, however many frames it tells of.
    private static IReadOnlyList<Pair> WithLineages(IReadOnlyList<Pair> pairs)
    {
        var lineages = pairs.Select(pair => pair.TracksPath).OfType<string>().Distinct().ToDictionary(path => path, path => LineageTable.Read(path));
        return lineages.Count == 0 ? pairs : [.. pairs.Select(pair => pair.TracksPath is { } path ? pair with { Lineage = lineages[path] } : pair)];
    }

    private List<Pair> Assign(
        IReadOnlyList<string> validation, IReadOnlyList<string> exclude, IReadOnlyList<string> training, IReadOnlyList<string> test)
    {
        var left = NamePattern.Choose("Exclude", exclude, Pairs);
        var lists = new[]
        {
            (Split: Split.Training, Names: NamePattern.Choose("Training", training, Pairs)),
            (Split: Split.Validation, Names: NamePattern.Choose("Validation", validation, Pairs)),
            (Split: Split.Test, Names: NamePattern.Choose("Test", test, Pairs)),
        };
        bool anyList = Array.Exists(lists, list => list.Names.Count > 0);
        var chosen = new List<Pair>();
        foreach (Pair pair in Pairs.Where(pair => !left.Contains(pair.Name)))
        {
            Split[] splits = [.. lists.Where(list => list.Names.Contains(pair.Name)).Select(list => list.Split)];
            if (splits.Length > 1)
                throw new OptionsException(Path, $"image {pair.Name} is listed for {splits[0]} and for {splits[1]}; an image can serve one of them only.");
            if (splits.Length == 1) chosen.Add(pair with { Split = splits[0] });
            else if (!anyList) chosen.Add(pair);
            else if (training.Count == 0) chosen.Add(pair with { Split = Split.Training });
        }

        return chosen;
    }

    private static void HoldOut(List<Pair> pairs, double share, Random random)
    {
        int[] training = [.. Enumerable.Range(0, pairs.Count).Where(index => pairs[index].Split == Split.Training)];
        if (training.Length < 2 || share <= 0) return;
        int count = Math.Clamp((int)Math.Round(share * training.Length), 1, training.Length - 1);
        string[] embryos = [.. training.Select(index => pairs[index].Embryo).Distinct()];
        if (embryos.Length > 1)
        {
            HoldOutWhole(pairs, training, embryos, count, random);
            return;
        }

        int start = random.Next(training.Length - count + 1);
        for (int index = start; index < start + count; index++)
            pairs[training[index]] = pairs[training[index]] with { Split = Split.Validation };
    }

    // Frames of one embryo resemble each other, so that only another embryo tells what was learnt.
    private static void HoldOutWhole(List<Pair> pairs, int[] training, string[] embryos, int count, Random random)
    {
        random.Shuffle(embryos);
        int held = 0;
        for (int embryo = 0; embryo < embryos.Length - 1 && held < count; embryo++)
        {
            foreach (int index in training.Where(index => pairs[index].Embryo == embryos[embryo]))
            {
                pairs[index] = pairs[index] with { Split = Split.Validation };
                held++;
            }
        }
    }
}
