using Morula.Volumes;

namespace Morula.Reports;

/// <summary>One picture of a row: cells laid over an image.</summary>
/// <param name="Name">Written above it.</param>
/// <param name="Labels">The cells; null for the image alone.</param>
public sealed record NamedLabels(string Name, LabelVolume? Labels);
