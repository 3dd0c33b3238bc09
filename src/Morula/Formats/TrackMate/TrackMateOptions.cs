namespace Morula.Formats;

/// <summary>What a file of TrackMate tells beside the cells.</summary>
/// <param name="SecondsPerFrame">Time between frames; null: times are in frames.</param>
/// <param name="Image">The image that Fiji opens beneath the tracks; null: none, Fiji then shows them on black.</param>
public sealed record TrackMateOptions(double? SecondsPerFrame = null, string? Image = null);
