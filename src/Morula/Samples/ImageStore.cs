using Morula.Formats;
using Morula.Volumes;

namespace Morula.Samples;

/// <summary>
/// Loads pairs, brings image and labels to one working grid, normalises the image, and keeps the last used ones within a
/// bound of memory. Safe to use from several threads.
/// </summary>
public sealed class ImageStore
{
    private readonly SampleOptions options;
    private readonly PairReader reader;
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

    internal ImageStore(SampleOptions options, PairReader reader)
    {
        this.options = options;
        this.reader = reader;
        mostBytes = options.CacheMegabytes << 20;
    }

    /// <summary>Memory held by the cache, in bytes; at most <see cref="SampleOptions.CacheMegabytes"/>.</summary>
    public long CachedBytes { get; private set; }

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
        if (options.Spacing is not null && !options.Uncalibrated && !reader.IsCalibrated(pair.ImagePath) && !reader.IsCalibrated(pair.LabelPath))
            throw new VolumeFormatException(
                pair.ImagePath, "states no voxel spacing, so it cannot be brought to Samples.Spacing; write the spacing into the file or leave the option out.");
        var (image, labels) = CommonGrid.Bring(pair, source, truth, options.OfFrame(source.Rank));
        return new LoadedPair(pair, Intensity.Normalise(image, options), labels, ObjectClasses.Read(pair.ObjectsPath));
    }

    // A crop of one number says nothing of the rank; one with a time axis may be cut from frames that are files of their own.
    private int? RankOf(Pair pair)
    {
        if (options.Crop.Length <= 1) return null;
        return options.Crop.Length == 4 && reader.IsFrame?.Invoke(pair.ImagePath) == true ? 3 : options.Crop.Length;
    }

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
