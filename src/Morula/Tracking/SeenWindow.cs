using Morula.Volumes;

namespace Morula.Tracking;

/// <summary>What a network saw in a window of a movie: cells through time.</summary>
/// <param name="Frames">Its frames, counted in the movie from 0, ascending; at the ends of the movie a frame may be repeated.</param>
/// <param name="Seen">T Z Y X; label i + 1 marks cell i wherever it is. The grid may be coarser than that of the frames.</param>
/// <param name="Born">Per cell, the probability that it is born of a mother within the window.</param>
/// <param name="Divides">Per cell, the probability that it divides within the window.</param>
public sealed record SeenWindow(IReadOnlyList<int> Frames, LabelVolume Seen, IReadOnlyList<double> Born, IReadOnlyList<double> Divides);
