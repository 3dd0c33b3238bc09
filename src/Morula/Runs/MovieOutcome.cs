using Morula.Lineages;

namespace Morula.Runs;

/// <summary>The cells of a movie.</summary>
/// <param name="Folder">Holds labels/ (one label along a track), cells/ (a table per frame) and tracks.csv.</param>
/// <param name="Lineage">Who descends from whom.</param>
/// <param name="Frames">Number of frames.</param>
/// <param name="Cells">Number of cells in all frames together.</param>
/// <param name="Skipped">Windows that were done before this run.</param>
public sealed record MovieOutcome(string Folder, Lineage Lineage, int Frames, int Cells, int Skipped);
