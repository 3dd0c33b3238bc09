namespace Morula.Formats;

/// <summary>What a file of ASTEC properties says of tracks.</summary>
/// <param name="Cells">All cells that are named.</param>
/// <param name="Successors">What follows a cell: itself in a later frame, or its daughters.</param>
/// <param name="Tracks">Ids of tracks, where this program wrote the file.</param>
internal sealed record AstecProperties(
    IReadOnlySet<long> Cells, IReadOnlyDictionary<long, IReadOnlyList<long>> Successors, IReadOnlyDictionary<long, long> Tracks);
