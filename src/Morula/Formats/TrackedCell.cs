namespace Morula.Formats;

/// <summary>A cell in one frame.</summary>
/// <param name="Frame">Frame number.</param>
/// <param name="Id">Its track.</param>
internal readonly record struct TrackedCell(int Frame, int Id);
