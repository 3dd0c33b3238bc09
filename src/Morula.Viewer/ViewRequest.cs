namespace Morula.Viewer;

/// <summary>What is to be looked at.</summary>
/// <param name="ResultPath">Result of predict or track, a data set, or a label volume.</param>
/// <param name="ImagePath">The image or the folder of images; null: as the result remembers.</param>
/// <param name="TruthPath">True labels: a folder with labels/, a folder of label volumes, or one; null: as the result remembers.</param>
public sealed record ViewRequest(string ResultPath, string? ImagePath = null, string? TruthPath = null);
