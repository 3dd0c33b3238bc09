namespace Morula.Evaluation;

/// <summary>Is shown a pair while both sides are in memory.</summary>
/// <param name="name">Name of the image, or of the frame.</param>
/// <param name="frame">Number of the frame of a movie; null for an image.</param>
/// <param name="pair">Both sides on one grid.</param>
/// <param name="table">Their shared voxels.</param>
internal delegate void PairSeen(string name, int? frame, AlignedPair pair, Contingency table);
