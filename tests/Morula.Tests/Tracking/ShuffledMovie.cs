using Morula.Lineages;
using Morula.Tracking;
using Morula.Volumes;

namespace Morula.Tests.Tracking;

/// <summary>A movie whose truth is known and whose labels are given out anew in every frame.</summary>
internal sealed class ShuffledMovie
{
    private readonly List<Dictionary<int, int>> trueLabels = [];

    /// <summary>Shuffles a movie.</summary>
    /// <param name="labels">True labels, one along each track.</param>
    /// <param name="numbers">Number of each frame.</param>
    /// <param name="lineage">The tracks.</param>
    /// <param name="seed">Of the labels.</param>
    /// <param name="options">How the movie is looked at.</param>
    /// <param name="spoil">Changes frames before they are shuffled, or null.</param>
    public ShuffledMovie(
        IEnumerable<LabelVolume> labels, IReadOnlyList<int> numbers, Lineage lineage, int seed, LinkOptions options, Func<int, LabelVolume, LabelVolume>? spoil = null)
    {
        Numbers = numbers;
        Lineage = lineage;
        var random = new Random(seed);
        Cells = MovieCells.Look(labels.Select((frame, index) => Shuffle(spoil is null ? frame : spoil(numbers[index], frame), random)), numbers, options);
    }

    /// <summary>What the linker sees.</summary>
    public MovieCells Cells { get; }

    /// <summary>The true tracks.</summary>
    public Lineage Lineage { get; }

    /// <summary>Number of each frame.</summary>
    public IReadOnlyList<int> Numbers { get; }

    /// <summary>By frame, its index first: the true label of each shuffled one.</summary>
    public IReadOnlyList<IReadOnlyDictionary<int, int>> TrueLabels => trueLabels;

    private LabelVolume Shuffle(LabelVolume frame, Random random)
    {
        int[] labels = [.. frame.Cells().Select(cell => cell.Label)];
        int[] names = [.. Enumerable.Range(1, labels.Length)];
        random.Shuffle(names);
        var shuffled = labels.Zip(names).ToDictionary(pair => pair.First, pair => pair.Second);
        trueLabels.Add(shuffled.ToDictionary(pair => pair.Value, pair => pair.Key));
        return new LabelVolume(frame.Extent, frame.Spacing, [.. frame.Voxels.Select(label => label == 0 ? 0 : shuffled[label])]);
    }
}
