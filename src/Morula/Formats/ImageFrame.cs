namespace Morula.Formats;

/// <summary>An image in a file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Frame">Which frame of it, from 0; null where the file holds one image.</param>
public readonly record struct ImageFrame(string Path, int? Frame = null);
