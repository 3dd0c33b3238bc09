using System.Collections.Concurrent;
using Morula.Formats;
using Morula.Volumes;

namespace Morula.Samples;

/// <summary>
/// Loads pairs, brings image and labels to one working grid, normalises the image, and keeps the last used ones within a
/// bound of memory. Pairs that an index of the data set knows need not be loaded. Safe to use from several threads.
/// </summary>
public sealed class ImageStore
{
    private readonly SampleOptions options;
    private readonly PairReader reader;
    private readonly DataIndex index;
    private readonly HashSet<string> inBlocks;
    private readonly ConcurrentDictionary<string, StoredPair> stored = [];
    private readonly long mostBytes;
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<LoadedPair>> cached = [];
    private readonly LinkedList<LoadedPair> newestFirst = new();
    private readonly Dictionary<string, Lazy<LoadedPair>> loading = [];

    /// <summary>Makes an empty store; the options say which grid, which percentiles and how much memory.</summary>
    public ImageStore(SampleOptions options)
        : this(options, PairReader.Files)
    {
    }

    /// <summary>The store of a training: loads its images or, where they are too many, reads their crops alone. What that takes is looked up in an index of the data set, or found out now.</summary>
    /// <param name="examples">Pairs, and clips of pairs.</param>
    /// <param name="options">Grid, percentiles, memory, <see cref="SampleOptions.Reading"/>.</param>
    /// <param name="indexPath">Where the index is kept; null: nowhere.</param>
    /// <param name="isFirst">Of several processes the first makes the index before the others look for it.</param>
    /// <param name="meet">Called by all processes when the first has made it.</param>
    /// <param name="say">Told in words what is done.</param>
    /// <param name="cancellation">Stops between images.</param>
    /// <exception cref="VolumeFormatException">A file cannot be read, or a pair does not fit together.</exception>
    internal static ImageStore Of(
        IReadOnlyList<Pair> examples, SampleOptions options, string? indexPath, bool isFirst, Action meet, Action<string> say, CancellationToken cancellation)
    {
        Pair[] pairs = [.. examples.SelectMany(pair => pair.Frames.Count > 0 ? pair.Frames : [pair]).DistinctBy(pair => pair.Name)];
        Pair[] inBlocks = options.Reading == ReadingKind.Whole ? [] : [.. PairHeader.InBlocks([.. pairs.Select(pair => PairHeader.Read(pair, options))], options).Select(header => header.Pair)];
        Pair[] known = options.BalanceStages ? pairs : inBlocks;
        if (known.Length == 0) return new ImageStore(options);
        if (inBlocks.Length > 0) say($"{inBlocks.Length} of {pairs.Length} images are never loaded whole: each crop reads its own part");
        if (!isFirst) meet();
        DataIndex index = DataIndex.Of(known, options, indexPath, say, cancellation);
        if (isFirst) meet();
        return new ImageStore(options, index, inBlocks.Select(pair => pair.Name));
    }

    /// <summary>A store of pairs some of which are read in blocks.</summary>
    /// <param name="options">Grid, percentiles, memory.</param>
    /// <param name="index">Knows at least those.</param>
    /// <param name="inBlocks">Names of the pairs, or frames, that are never loaded.</param>
    internal ImageStore(SampleOptions options, DataIndex index, IEnumerable<string> inBlocks)
        : this(options, PairReader.Files) => (this.index, this.inBlocks) = (index, [.. inBlocks]);

    internal ImageStore(SampleOptions options, PairReader reader)
    {
        (index, inBlocks) = (DataIndex.None, []);
        this.options = options;
        this.reader = reader;
        mostBytes = options.CacheMegabytes << 20;
    }

    /// <summary>Memory held by the cache, in bytes; at most <see cref="SampleOptions.CacheMegabytes"/>.</summary>
    public long CachedBytes { get; private set; }

    /// <summary>The pair as something to take crops of: loaded, or read in blocks.</summary>
    /// <exception cref="VolumeFormatException">As <see cref="Load"/>.</exception>
    internal ICropSource Open(Pair pair)
    {
        if (pair.Frames.Count > 0) return new ClipSource(pair, [.. pair.Frames.Select(Open)]);
        return inBlocks.Contains(pair.Name) && index.Find(pair) is { } record
            ? stored.GetOrAdd(pair.Name, _ => new StoredPair(pair, record, options))
            : Load(pair);
    }

    /// <summary>Number of cells of a pair, or of a clip, in its frames on average; what the index does not know is loaded.</summary>
    internal double CountCells(Pair pair)
    {
        if (pair.Frames.Count > 0) return pair.Frames.Average(CountCells);
        return (index.Find(pair)?.Cells.Without(options.BackgroundLabel) ?? Open(pair).CellList).Count;
    }

    /// <summary>The pair on its working grid, from memory or from disk.</summary>
    /// <exception cref="VolumeFormatException">A file cannot be read, the two do not show one field, or there is no cell.</exception>
    public LoadedPair Load(Pair pair)
    {
        if (pair.Frames.Count > 0) return LoadedClip.Of(pair, [.. pair.Frames.Select(Load)]);
        Lazy<LoadedPair> load;
        lock (gate)
        {
            if (cached.TryGetValue(pair.Name, out var node))
            {
                newestFirst.Remove(node);
                newestFirst.AddFirst(node);
                return node.Value;
            }

            // Threads that ask for a pair while it is being read wait for that one reading.
            if (!loading.TryGetValue(pair.Name, out load!))
                loading[pair.Name] = load = new Lazy<LoadedPair>(() => Read(pair));
        }

        try
        {
            LoadedPair loaded = load.Value;
            Keep(loaded, load);
            return loaded;
        }
        finally
        {
            lock (gate)
            {
                if (loading.GetValueOrDefault(pair.Name) == load) loading.Remove(pair.Name);
            }
        }
    }

    private LoadedPair Read(Pair pair)
    {
        Volume source = reader.Image(pair.ImagePath, RankOf(pair));
        LabelVolume truth = reader.Labels(pair.LabelPath, source.Rank);
        CommonGrid.RequireSpacing(pair, options.Spacing is null || reader.IsCalibrated(pair.ImagePath) || reader.IsCalibrated(pair.LabelPath), options);
        var (image, labels) = CommonGrid.Bring(pair, source, truth, options.OfFrame(source.Rank));
        return new LoadedPair(pair, Intensity.Normalise(image, options), labels, ObjectClasses.Read(pair.ObjectsPath));
    }

    private int? RankOf(Pair pair) => ImageRank.Of(options, () => reader.IsFrame?.Invoke(pair.ImagePath) == true);

    private void Keep(LoadedPair loaded, Lazy<LoadedPair> load)
    {
        lock (gate)
        {
            string name = loaded.Pair.Name;
            if (loading.GetValueOrDefault(name) != load || loaded.ByteCount > mostBytes) return;
            while (CachedBytes + loaded.ByteCount > mostBytes)
            {
                LoadedPair oldest = newestFirst.Last!.Value;
                newestFirst.RemoveLast();
                cached.Remove(oldest.Pair.Name);
                CachedBytes -= oldest.ByteCount;
            }

            cached[name] = newestFirst.AddFirst(loaded);
            CachedBytes += loaded.ByteCount;
            loading.Remove(name);
        }
    }
}
