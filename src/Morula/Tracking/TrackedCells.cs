using Morula.Lineages;

namespace Morula.Tracking;

/// <summary>The cells of a movie with their tracks.</summary>
/// <param name="Movie">The cells, frame by frame.</param>
/// <param name="Lineage">Their tracks; ids go from 1 in the order in which tracks begin.</param>
/// <param name="Ids">For each frame, its index first, the track of each label; 0 for a label that was taken for no cell.</param>
public sealed record TrackedCells(MovieCells Movie, Lineage Lineage, IReadOnlyList<IReadOnlyDictionary<int, int>> Ids);
