namespace Morula.Tracking;

/// <summary>The cells of one frame.</summary>
/// <param name="Number">Number of the frame in the movie.</param>
/// <param name="Cells">Its cells in order of their centres, so that their order says nothing about labels; none in an empty frame.</param>
/// <param name="Drift">By how much all cells together have moved since the frame before, µm per axis; 0 in the first frame.</param>
public sealed record FrameCells(int Number, IReadOnlyList<SeenCell> Cells, double[] Drift);
