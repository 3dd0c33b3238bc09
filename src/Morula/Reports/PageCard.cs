namespace Morula.Reports;

/// <summary>A small picture with words.</summary>
/// <param name="Png">A PNG file.</param>
/// <param name="Title">First line below it, and what is read aloud in its place.</param>
/// <param name="Lines">Further lines.</param>
public sealed record PageCard(byte[] Png, string Title, IReadOnlyList<string> Lines);
