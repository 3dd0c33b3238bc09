using Morula.Evaluation;
using Morula.Formats;
using Morula.Runs;
using Morula.Volumes;

namespace Morula.Viewer;

/// <summary>The cells of a frame on the coarse grid, with their measures.</summary>
/// <param name="frame">Number of the frame.</param>
/// <param name="labels">Labels Z Y X as edits leave them.</param>
/// <param name="truth">True labels on the same grid, or null.</param>
internal sealed class FrameModel(int frame, LabelVolume labels, LabelVolume? truth)
{
    private readonly Lazy<IReadOnlyList<CellProperties>> cells = new(() => MeasuredCells.Of(frame, labels));

    private readonly Lazy<CellFaults?> faults = new(() => truth is null ? null : CellFaults.Of(Contingency.Count(truth, labels)));

    /// <summary>Labels Z Y X as edits leave them.</summary>
    public LabelVolume Labels => labels;

    /// <summary>True labels on the same grid, or null.</summary>
    public LabelVolume? Truth => truth;

    /// <summary>Measures of the cells on this grid, made when they are first asked for.</summary>
    public IReadOnlyList<CellProperties> Cells => cells.Value;

    /// <summary>Measures of the true cells that are missed.</summary>
    public IReadOnlyList<CellProperties> Missed => truth is null || faults.Value is null ? []
        : [.. MeasuredCells.Of(frame, truth).Where(cell => faults.Value.Truth.TryGetValue(cell.Id, out CellFault fault) && fault == CellFault.Missed)];

    /// <summary>Bytes that it takes.</summary>
    public long Bytes => sizeof(int) * (Labels.Voxels.LongLength + (Truth?.Voxels.LongLength ?? 0));

    public static FrameModel Of(Session session, SessionState state, FrameFile frame, CancellationToken cancellation)
    {
        using VolumeSource labels = frame.OpenLabels();
        using VolumeSource? image = state.ImageForEdits(frame);
        var patched = new Correction.PatchedLabels(labels, image, session.StepsOf(state, frame, labels, image));
        Extent coarse = CoarseGrid.Of(labels.Extent, labels.Spacing);
        LabelVolume found = CoarseLabels.Whole(patched.Read, labels.Extent, labels.Spacing, labels.Piece, coarse, cancellation);
        return new FrameModel(frame.Number, found, TruthOf(state, frame, found, cancellation));
    }

    /// <summary>What is told of the cells: the numbers of the table where it is there and no edit has changed the frame.</summary>
    public FrameCells Describe(SessionState state, FrameFile frame)
    {
        IReadOnlyList<CellLine>? table = CellsReader.Read(state.Corrected.Result.CellsPath(frame));
        bool isKnown = table is not null && state.Corrected.EditsOf(frame).Count == 0;
        Dictionary<int, double?> scores = (table ?? []).DistinctBy(cell => cell.Label).ToDictionary(cell => cell.Label, cell => cell.Score);
        return new FrameCells(!isKnown, isKnown ? table! : [.. Cells.Select(cell => Line(cell, scores.GetValueOrDefault(cell.Id)))], faults.Value?.Prediction, faults.Value?.Truth);
    }

    private CellLine Line(CellProperties cell, double? score) => new(
        cell.Id, [.. cell.Centre.Select((place, axis) => Math.Round(place + (0.5 * Labels.Spacing[axis]), 3))], Math.Round(cell.Volume, 2), Math.Round(cell.Surface, 2), score,
        [.. cell.Contacts.Select(neighbour => neighbour.Id)], [.. cell.Contacts.Select(neighbour => Math.Round(neighbour.Area, 2))]);

    private static LabelVolume? TruthOf(SessionState state, FrameFile frame, LabelVolume found, CancellationToken cancellation)
    {
        using VolumeSource? truth = state.TruthOf(frame)?.OpenLabels();
        return truth is null ? null : CoarseLabels.Whole(truth.ReadLabels, truth.Extent, truth.Spacing, truth.Piece, found.Extent, cancellation);
    }
}
