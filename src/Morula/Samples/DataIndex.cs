using Morula.Formats;
using Morula.Options;

namespace Morula.Samples;

/// <summary>
/// What is known of the pairs of a data set before any is loaded: sizes, range of intensities, and every cell. It is made once, in
/// parallel and run by run, and kept in a file; a pair whose files have changed is looked at anew.
/// </summary>
internal sealed class DataIndex
{
    private const string FileName = ".morula-index";
    private readonly Dictionary<string, IndexRecord> records;

    private DataIndex(Dictionary<string, IndexRecord> records) => this.records = records;

    /// <summary>An index that knows nothing.</summary>
    public static DataIndex None { get; } = new([]);

    /// <summary>Where the index of a data set is kept: beside its images (DATA/.morula-index, INDEX.csv.morula-index) where that folder can be written, else in another folder.</summary>
    /// <param name="dataPath">Folder or index file.</param>
    /// <param name="otherwise">Folder of the run; null: nowhere.</param>
    public static string? PathFor(string dataPath, string? otherwise)
    {
        string full = Path.GetFullPath(dataPath);
        bool isFolder = Directory.Exists(full);
        string folder = isFolder ? full : Path.GetDirectoryName(full)!;
        string name = isFolder ? FileName : $".{Path.GetFileName(full)}{FileName}";
        if (File.Exists(Path.Combine(folder, name)) || IsWritable(folder)) return Path.Combine(folder, name);
        return otherwise is null ? null : Path.Combine(Path.GetFullPath(otherwise), name);
    }

    /// <summary>Reads what is kept, looks at what is not, and keeps that too.</summary>
    /// <param name="pairs">Pairs, each with files of its own.</param>
    /// <param name="options">Grid and percentiles.</param>
    /// <param name="path">The file; null: nothing is kept.</param>
    /// <param name="say">Told in words how far it is.</param>
    /// <param name="cancellation">Stops; what was done by then is kept.</param>
    /// <exception cref="VolumeFormatException">A file of the data set cannot be read, or a pair does not fit together.</exception>
    public static DataIndex Of(IReadOnlyList<Pair> pairs, SampleOptions options, string? path, Action<string> say, CancellationToken cancellation)
    {
        string folder = path is null ? Directory.GetCurrentDirectory() : Path.GetDirectoryName(path)!;
        Dictionary<IndexKey, IndexRecord> kept = path is not null && File.Exists(path) ? Kept(path, say) : [];
        int?[] ranks = [.. pairs.Select(pair => ImageRank.Of(pair.ImagePath, options))];
        IndexKey[] keys = [.. pairs.Select((pair, place) => IndexKey.Of(pair, folder, ranks[place], options))];
        int[] missing = [.. Enumerable.Range(0, keys.Length).Where(place => !kept.ContainsKey(keys[place]))];
        if (missing.Length > 0) Add(kept, [.. missing.Select(place => (keys[place], pairs[place], ranks[place]))], options, path, say, cancellation);
        var records = new Dictionary<string, IndexRecord>(StringComparer.Ordinal);
        for (int place = 0; place < keys.Length; place++) records[pairs[place].Name] = kept[keys[place]];
        return new DataIndex(records);
    }

    /// <summary>What is known of a pair; null where it is not in the index.</summary>
    public IndexRecord? Find(Pair pair) => records.GetValueOrDefault(pair.Name);

    private static Dictionary<IndexKey, IndexRecord> Kept(string path, Action<string> say)
    {
        if (IndexFile.Read(path) is { } records) return records;
        say($"the index {path} is damaged; it is made anew");
        return [];
    }

    private static void Add(
        Dictionary<IndexKey, IndexRecord> kept, (IndexKey Key, Pair Pair, int? Rank)[] missing, SampleOptions options, string? path, Action<string> say, CancellationToken cancellation)
    {
        say($"looking once at {missing.Length} images for the index{(path is null ? string.Empty : $" {path}")}");
        int done = 0;
        int told = 0;
        var gate = new Lock();
        try
        {
            ForEach(missing, entry =>
            {
                IndexRecord record = PairScan.Of(entry.Pair, entry.Rank, options, cancellation);
                lock (gate)
                {
                    kept[entry.Key] = record;
                    done++;
                    if (10L * done / missing.Length == told || done == missing.Length) return;
                    told = (int)(10L * done / missing.Length);
                    say($"index: {done} of {missing.Length} images");
                }
            }, cancellation);
        }
        finally
        {
            if (done > 0 && path is not null) Keep(path, kept, say);
        }
    }

    // The fault reported is that of the first pair; each thread holds one run of one pair.
    private static void ForEach<T>(T[] items, Action<T> body, CancellationToken cancellation)
    {
        try
        {
            Parallel.ForEach(items, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation }, body);
        }
        catch (AggregateException faults)
        {
            Exception first = faults.Flatten().InnerExceptions.OrderBy(fault => fault is VolumeFormatException ? 0 : 1).ThenBy(fault => fault.Message, StringComparer.Ordinal).First();
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        }
    }

    // Records of files that are gone, or have changed, are left out.
    private static void Keep(string path, Dictionary<IndexKey, IndexRecord> records, Action<string> say)
    {
        string folder = Path.GetDirectoryName(path)!;
        var valid = records.Where(record => IsCurrent(record.Key.Image) && IsCurrent(record.Key.Labels)).ToDictionary();
        try
        {
            IndexFile.Write(path, valid);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            say($"the index cannot be kept in {path} ({fault.Message}); it will be made again");
        }

        bool IsCurrent(string stamp)
        {
            string full = Path.Combine(folder, stamp.Split('|', 3)[2]);
            return VolumeFile.Exists(full) && IndexKey.Stamp(full, folder) == stamp;
        }
    }

    private static bool IsWritable(string folder)
    {
        string probe = Path.Combine(folder, $".{FileName}.{Environment.ProcessId}.tmp");
        try
        {
            using (File.Create(probe, 1, FileOptions.DeleteOnClose))
                return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
