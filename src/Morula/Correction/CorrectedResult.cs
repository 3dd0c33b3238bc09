using System.Globalization;
using Morula.Formats;
using Morula.Lineages;

namespace Morula.Correction;

/// <summary>A result as edits leave it; its files stay as they are.</summary>
public sealed class CorrectedResult
{
    private readonly FrameOrder order;
    private readonly TrackDraft draft;

    /// <summary>Applies the edits to the tracks; labels are changed when they are read.</summary>
    /// <param name="result">The result.</param>
    /// <param name="edits">Edits in their order, none of which is taken back.</param>
    /// <exception cref="EditException">An edit does not fit the result; the message names it.</exception>
    /// <exception cref="VolumeFormatException">The table of tracks cannot be read.</exception>
    public CorrectedResult(SegmentedResult result, IReadOnlyList<Edit> edits)
    {
        (Result, Edits) = (result, edits);
        order = new FrameOrder(result.Labels.All.Select(frame => (frame.Number, frame.Name)));
        draft = new TrackDraft(order, result.TracksPath is { } path ? RowsOf(path) : null);
        for (int index = 0; index < edits.Count; index++)
        {
            try
            {
                edits[index].Apply(draft);
            }
            catch (EditException problem) when (index < edits.Count - 1)
            {
                throw new EditException($"edit {index + 1} ({EditList.Text(edits[index])}) does not fit: {problem.Message}");
            }
        }

        Lineage = draft.Lineage();
    }

    /// <summary>The result.</summary>
    public SegmentedResult Result { get; }

    /// <summary>The edits.</summary>
    public IReadOnlyList<Edit> Edits { get; }

    /// <summary>The tracks; none where the result has no table of them.</summary>
    public Lineage Lineage { get; }

    /// <summary>Frame number, label and mother of every cell, as far as the table of tracks knows.</summary>
    internal IEnumerable<(int Frame, int Id, int ParentId)> Cells => draft.Cells;

    /// <summary>The greatest label that the tracks or the edits know.</summary>
    internal int MostLabel => draft.Most;

    /// <summary>The edits that change the labels of a frame.</summary>
    internal IReadOnlyList<Edit> EditsOf(FrameFile frame) => [.. Edits.Where(edit => edit.Changes(order, frame.Name))];

    /// <summary>The changes of a frame.</summary>
    /// <param name="frame">One of the result.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="image">Its image, or null.</param>
    /// <param name="known">Changes that are known already, by edit; receives those that are made.</param>
    /// <exception cref="EditException">An edit does not fit the labels.</exception>
    internal IReadOnlyList<PatchStep> StepsOf(FrameFile frame, VolumeSource labels, VolumeSource? image, IDictionary<(Edit, string), PatchStep>? known = null)
    {
        var steps = new List<PatchStep>();
        foreach (Edit edit in EditsOf(frame))
        {
            if (known is null || !known.TryGetValue((edit, frame.Name), out PatchStep? step)) step = edit.StepFor(new PatchedLabels(labels, image, [.. steps]));
            if (known is not null) known[(edit, frame.Name)] = step;
            steps.Add(step);
        }

        return steps;
    }

    private static IEnumerable<(int Frame, int Label, int ParentLabel)> RowsOf(string path)
    {
        LineageTable.Read(path);
        CommaTable table = CommaTable.Read(path);
        var (time, label, parent) = (table.Column("t"), table.Column("label"), table.Column("parent_label"));
        return table.Lines.Select(line => (Number(line.Values[time]), Number(line.Values[label]), Number(line.Values[parent])));
    }

    // The table has been read before, so whatever is no number is empty.
    private static int Number(string text) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : 0;
}
