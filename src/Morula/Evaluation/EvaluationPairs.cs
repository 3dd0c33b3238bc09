using System.Collections;
using Morula.Formats;

namespace Morula.Evaluation;

/// <summary>Truth files and the predictions that belong to them, by name.</summary>
public sealed class EvaluationPairs : IReadOnlyList<EvaluationPair>
{
    private readonly IReadOnlyList<EvaluationPair> pairs;

    private EvaluationPairs(IReadOnlyList<EvaluationPair> pairs, IReadOnlyList<string> notes)
    {
        this.pairs = pairs;
        Notes = notes;
    }

    /// <summary>What was passed over, one line each.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <inheritdoc/>
    public int Count => pairs.Count;

    /// <inheritdoc/>
    public EvaluationPair this[int index] => pairs[index];

    /// <summary>
    /// Pairs two files, whatever their names, or two folders: files whose names agree but for the
    /// extensions belong together, in the order of the names. A prediction without truth is passed over with a note.
    /// </summary>
    /// <param name="truthPath">Label volume, or folder of them.</param>
    /// <param name="predictionPath">Label volume, or folder of them.</param>
    /// <param name="partial">Whether a truth file without prediction is left out with a note, rather than refused.</param>
    /// <exception cref="VolumeFormatException">A path does not exist, holds no volume, or a truth file has no prediction (with <paramref name="partial"/>: none has).</exception>
    public static EvaluationPairs Find(string truthPath, string predictionPath, bool partial = false)
    {
        bool truthIsFolder = IsFolder(truthPath, "truth");
        if (truthIsFolder != IsFolder(predictionPath, "prediction"))
        {
            throw new VolumeFormatException(
                predictionPath, $"is a {(truthIsFolder ? "file but the truth is a folder" : "folder but the truth is a file")}; name two files or two folders.");
        }

        return truthIsFolder ? PairFolders(truthPath, predictionPath, partial) : new([EvaluationPair.OfFiles(truthPath, predictionPath)], []);
    }

    /// <inheritdoc/>
    public IEnumerator<EvaluationPair> GetEnumerator() => pairs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static EvaluationPairs PairFolders(string truthFolder, string predictionFolder, bool partial)
    {
        SortedDictionary<string, string> truths = VolumesIn(truthFolder);
        SortedDictionary<string, string> predictions = VolumesIn(predictionFolder);
        string[] missing = [.. truths.Where(truth => !predictions.ContainsKey(truth.Key)).Select(truth => Path.GetFileName(truth.Value))];
        if (missing.Length == truths.Count || (missing.Length > 0 && !partial))
        {
            string others = missing.Length == 1 ? "" : $" and {missing.Length - 1} more of {truths.Count}";
            throw new VolumeFormatException(
                predictionFolder, $"no prediction for the truth file {missing[0]}{others}; a prediction has the name of its truth file.");
        }

        return new EvaluationPairs(
            [.. truths.Where(truth => predictions.ContainsKey(truth.Key)).Select(truth => EvaluationPair.OfFiles(truth.Value, predictions[truth.Key]))],
            [
                .. missing.Select(file => $"{Path.Combine(truthFolder, file)}: no prediction of this name; left out."),
                .. predictions.Where(found => !truths.ContainsKey(found.Key)).Select(found => $"{found.Value}: no truth of this name; passed over."),
            ]);
    }

    private static bool IsFolder(string path, string role)
    {
        if (Directory.Exists(path)) return true;
        return VolumeFile.Exists(path) ? false : throw new VolumeFormatException(path, $"no such file or folder; name the {role}.");
    }

    private static SortedDictionary<string, string> VolumesIn(string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            if (!VolumeFile.IsSupported(path) || Path.GetFileName(path)[0] == '.') continue;
            if (!files.TryAdd(VolumeName.Of(path), path))
            {
                string first = Path.GetFileName(files[VolumeName.Of(path)]);
                throw new VolumeFormatException(folder, $"{first} and {Path.GetFileName(path)} have one name; keep one of them.");
            }
        }

        return files.Count > 0 ? files : throw new VolumeFormatException(folder, $"no label volume in this folder; expected files of {VolumeFile.Extensions}.");
    }
}
