using Morula.Formats;
using Morula.Inference;
using Morula.Model;
using Morula.Volumes;

namespace Morula.Runs;

/// <summary>Measures the cells of one frame of a tracked movie.</summary>
internal static class MeasuredCells
{
    /// <summary>All cells by ascending id.</summary>
    /// <param name="frame">Frame number.</param>
    /// <param name="labels">Ids of tracks, Z Y X.</param>
    public static IReadOnlyList<CellProperties> Of(int frame, LabelVolume labels)
    {
        IReadOnlyList<LabelledCell> cells = labels.Cells();
        Dictionary<int, int> places = cells.Select((cell, index) => (cell.Label, index)).ToDictionary(pair => pair.Label, pair => pair.index + 1);
        var compact = new LabelVolume(labels.Extent, labels.Spacing);
        FrameLabels.Replace(labels.Voxels, compact.Voxels, label => label == 0 ? 0 : places[label]);
        Detections unscored = Detections.None(labels.Extent) with { Scores = new float[cells.Count], Classes = new int[cells.Count] };
        return [.. CellTable.Measure(compact, unscored).Rows.Select(row => new CellProperties(
            frame, cells[row.Label - 1].Label, cells[row.Label - 1].VoxelCount, row.Volume, row.Surface,
            [.. row.Centre.Select((place, axis) => place - (0.5 * labels.Spacing[axis]))],
            [.. row.Contacts.Select(contact => new CellNeighbour(cells[contact.Label - 1].Label, contact.Area))]))];
    }
}
