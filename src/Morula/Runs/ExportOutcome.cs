namespace Morula.Runs;

/// <summary>What was written of a tracked movie.</summary>
/// <param name="Frames">Number of frames.</param>
/// <param name="Tracks">Number of tracks that were seen.</param>
/// <param name="Cells">Number of cells, each counted in every frame.</param>
public sealed record ExportOutcome(int Frames, int Tracks, long Cells);
