namespace Morula.Evaluation;

/// <summary>The scores of one image.</summary>
/// <param name="Name">Name of the image.</param>
/// <param name="Scores">Its scores.</param>
public sealed record ImageScores(string Name, Scores Scores);
