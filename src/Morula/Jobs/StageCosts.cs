using System.Globalization;
using Morula.Formats;
using Morula.Measuring;
using Morula.Runs;
using Morula.Streaming;

namespace Morula.Jobs;

/// <summary>What the processes of a shared prediction have taken, as small files that the last of them adds up.</summary>
/// <param name="folder">Of the results.</param>
internal sealed class StageCosts(string folder)
{
    // No image can have this name: its parts would lie beside it.
    private readonly string root = Path.Combine(PartsFolder.In(folder), ".costs");

    /// <summary>Notes what a process has taken for its share of a stage.</summary>
    public void Note(PredictionStage stage, Share share, TimeSpan elapsed) => AtomicFile.WriteText(
        Path.Combine(root, $"{stage.ToString().ToLowerInvariant()}.{share.Index}"),
        string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:0.###} {MemoryUse.Read().Peak}\n"));

    /// <summary>All that was noted so far.</summary>
    public RunCost Sum(DateTimeOffset now)
    {
        (string Stage, double Seconds, long Peak)[] noted = [.. Files().Select(Read)];
        return new RunCost(
            now,
            TimeSpan.FromSeconds(noted.Sum(one => one.Seconds)),
            noted.Select(one => one.Peak).DefaultIfEmpty().Max(),
            noted.GroupBy(one => one.Stage).Select(stage => stage.Count()).DefaultIfEmpty(1).Max());
    }

    private IEnumerable<string> Files() => Directory.Exists(root) ? Directory.EnumerateFiles(root).Where(path => !path.EndsWith(".tmp", StringComparison.Ordinal)) : [];

    private static (string Stage, double Seconds, long Peak) Read(string path)
    {
        string[] words = File.ReadAllText(path).Split(' ');
        return (Path.GetFileNameWithoutExtension(path), double.Parse(words[0], CultureInfo.InvariantCulture), long.Parse(words[1], CultureInfo.InvariantCulture));
    }
}
