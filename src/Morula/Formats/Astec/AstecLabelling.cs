namespace Morula.Formats;

/// <summary>Turns the labels that ASTEC gives a cell in every frame anew into the id of its track; 0 and 1 are background.</summary>
/// <param name="ids">Track of every cell.</param>
/// <param name="properties">Name of the file that names them, for messages.</param>
internal sealed class AstecLabelling(IReadOnlyDictionary<long, int> ids, string properties) : IFrameLabelling
{
    private readonly ILookup<int, long> byFrame = ids.Keys.ToLookup(AstecId.FrameOf);

    /// <inheritdoc/>
    public void Apply(string path, int frame, int[] voxels)
    {
        SortedSet<int> present = FrameLabels.Of(voxels);
        present.Remove(AstecId.Background);
        foreach (int label in present)
        {
            if (label > AstecId.MostCells + 1 || !ids.ContainsKey(AstecId.Of(frame, label)))
                throw new VolumeFormatException(path, $"holds the label {label}, but {properties} names no cell {AstecId.Of(frame, label)}; files and properties belong to different runs.");
        }

        foreach (long cell in byFrame[frame].Order())
        {
            if (!present.Contains(AstecId.LabelOf(cell)))
                throw new VolumeFormatException(path, $"holds no label {AstecId.LabelOf(cell)}, but {properties} names the cell {cell}; files and properties belong to different runs.");
        }

        FrameLabels.Replace(voxels, voxels, label => label is 0 or AstecId.Background ? 0 : ids[AstecId.Of(frame, label)]);
    }
}
