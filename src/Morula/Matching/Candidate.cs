namespace Morula.Matching;

/// <summary>An anchor near a truth.</summary>
/// <param name="Anchor">Its index among the anchors of all levels.</param>
/// <param name="Overlap">Its overlap (IoU) with the truth.</param>
/// <param name="IsInside">Whether its centre lies inside the truth.</param>
internal readonly record struct Candidate(int Anchor, float Overlap, bool IsInside);
