using Morula.Volumes;

namespace Morula.Formats;

/// <summary>One frame of a tracked movie.</summary>
/// <param name="Number">Frame number.</param>
/// <param name="Labels">Ids of tracks, Z Y X.</param>
/// <param name="Cells">The cells by ascending id; empty where the writer asks for none.</param>
public sealed record MovieFrame(int Number, LabelVolume Labels, IReadOnlyList<CellProperties> Cells);
