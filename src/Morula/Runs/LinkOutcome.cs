using Morula.Lineages;

namespace Morula.Runs;

/// <summary>What a <see cref="LinkRun"/> has written.</summary>
/// <param name="Labels">Folder of the label volumes.</param>
/// <param name="Table">The table of cells.</param>
/// <param name="Lineage">The tracks.</param>
/// <param name="Frames">Number of frames.</param>
/// <param name="Cells">Number of cells, summed over frames.</param>
/// <param name="Dismissed">Number of labels taken for no cell.</param>
public sealed record LinkOutcome(string Labels, string Table, Lineage Lineage, int Frames, int Cells, int Dismissed)
{
    /// <summary>For each frame, its index first, the track of each label; 0 for a label that was taken for no cell.</summary>
    public IReadOnlyList<IReadOnlyDictionary<int, int>> Ids { get; init; } = [];
}
