using Morula.Evaluation;
using Morula.Formats;
using Morula.Runs;
using Morula.Volumes;

namespace Morula.Viewer;

/// <summary>The cells of a frame on the coarse grid, with their measures.</summary>
/// <param name="Labels">Labels Z Y X as edits leave them.</param>
/// <param name="Truth">True labels on the same grid, or null.</param>
/// <param name="Cells">Measures of the cells on this grid.</param>
internal sealed record FrameModel(LabelVolume Labels, LabelVolume? Truth, IReadOnlyList<CellProperties> Cells)
{
    /// <summary>Bytes that it takes.</summary>
    public long Bytes => sizeof(int) * (Labels.Voxels.LongLength + (Truth?.Voxels.LongLength ?? 0));

    public static FrameModel Of(Session session, SessionState state, FrameFile frame, CancellationToken cancellation)
    {
        using VolumeSource labels = frame.OpenLabels();
        using VolumeSource? image = state.ImageOf(frame)?.OpenImage();
        var patched = new Correction.PatchedLabels(labels, image, session.StepsOf(state, frame, labels, image));
        Extent coarse = CoarseGrid.Of(labels.Extent, labels.Spacing);
        LabelVolume found = CoarseLabels.Whole(patched.Read, labels.Extent, labels.Spacing, coarse, cancellation);
        return new FrameModel(found, TruthOf(state, frame, found, cancellation), MeasuredCells.Of(frame.Number, found));
    }

    /// <summary>What is told of the cells: the numbers of the table where it is there and no edit has changed the frame.</summary>
    public FrameCells Describe(SessionState state, FrameFile frame)
    {
        IReadOnlyList<CellLine>? table = CellsReader.Read(state.Corrected.Result.CellsPath(frame));
        bool isKnown = table is not null && state.Corrected.EditsOf(frame).Count == 0;
        Dictionary<int, double?> scores = (table ?? []).DistinctBy(cell => cell.Label).ToDictionary(cell => cell.Label, cell => cell.Score);
        CellFaults? faults = Truth is null ? null : CellFaults.Of(Contingency.Count(Truth, Labels));
        return new FrameCells(!isKnown, isKnown ? table! : [.. Cells.Select(cell => Line(cell, scores.GetValueOrDefault(cell.Id)))], faults?.Prediction, faults?.Truth);
    }

    private CellLine Line(CellProperties cell, double? score) => new(
        cell.Id, [.. cell.Centre.Select((place, axis) => Math.Round(place + (0.5 * Labels.Spacing[axis]), 3))], Math.Round(cell.Volume, 2), Math.Round(cell.Surface, 2), score,
        [.. cell.Contacts.Select(neighbour => neighbour.Id)], [.. cell.Contacts.Select(neighbour => Math.Round(neighbour.Area, 2))]);

    private static LabelVolume? TruthOf(SessionState state, FrameFile frame, LabelVolume found, CancellationToken cancellation)
    {
        using VolumeSource? truth = state.TruthOf(frame)?.OpenLabels();
        return truth is null ? null : CoarseLabels.Whole(truth.ReadLabels, truth.Extent, truth.Spacing, found.Extent, cancellation);
    }
}
