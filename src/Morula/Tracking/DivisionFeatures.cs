namespace Morula.Tracking;

/// <summary>How two cells compare with one of an earlier frame that could be their mother.</summary>
/// <param name="Union">Both together, compared with her.</param>
/// <param name="Distance">Distance between the two, in radii of the mother.</param>
/// <param name="VolumeDifference">Logarithm of the larger's volume over the smaller's.</param>
/// <param name="Straightness">Cosine of the angle under which the mother's centre sees the two: -1 where she lies between them.</param>
internal readonly record struct DivisionFeatures(LinkFeatures Union, double Distance, double VolumeDifference, double Straightness);
