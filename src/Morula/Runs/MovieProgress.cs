namespace Morula.Runs;

/// <summary>How far a movie is.</summary>
/// <param name="Done">Frames, or windows of frames, whose cells are found.</param>
/// <param name="Total">Number of them.</param>
/// <param name="Linked">Share of the linking that is done, in [0, 1].</param>
public sealed record MovieProgress(int Done, int Total, double Linked);
