using System.Globalization;
using Morula.Formats;
using Morula.Volumes;

namespace Morula.Runs;

/// <summary>A row of a table of cells, as it stands in the file.</summary>
/// <param name="Label">Its label.</param>
/// <param name="Score">Score of its detection, in [0, 1].</param>
/// <param name="Centre">Centroid per axis of space, in µm.</param>
/// <param name="Volume">µm³; µm² at rank 2.</param>
/// <param name="Box">Box in voxels.</param>
internal sealed record ListedCell(int Label, double Score, double[] Centre, double Volume, Block Box)
{
    /// <summary>Overlap with its true cell that the network foretells, in (0, 1); null where it has not learnt to.</summary>
    public double? PredictedOverlap { get; init; }

    /// <summary>How sure the network is of the cell: the foretold overlap, or the score where there is none.</summary>
    public double Certainty => PredictedOverlap ?? Score;

    /// <summary>Diameter of the ball, or disc, of the same volume, in µm.</summary>
    public double Diameter => Box.Rank == 2 ? 2 * Math.Sqrt(Volume / Math.PI) : Math.Cbrt(6 * Volume / Math.PI);

    /// <summary>Reads a table of cells.</summary>
    /// <exception cref="VolumeFormatException">The file cannot be read or lacks a column.</exception>
    public static IReadOnlyList<ListedCell> Read(string path)
    {
        CommaTable table = CommaTable.Read(path);
        int[] centre = Columns(table, "centre_"), lower = [.. Columns(table, "box_").Where(column => table.Columns[column].EndsWith('0'))], upper = [.. Columns(table, "box_").Where(column => table.Columns[column].EndsWith('1'))];
        var (id, score) = (table.Column("id"), table.Column("score"));
        int overlap = table.Find("predicted_iou");
        int volume = table.Column(centre.Length == 2 ? "area_um2" : "volume_um3");
        return [.. table.Lines.Select(line => new ListedCell(
            (int)Number(path, line, id), Number(path, line, score), [.. centre.Select(column => Number(path, line, column))], Number(path, line, volume),
            new Block([.. lower.Select(column => (int)Number(path, line, column))], [.. upper.Select(column => (int)Number(path, line, column))]))
        {
            PredictedOverlap = overlap < 0 || line.Values[overlap].Length == 0 ? null : Number(path, line, overlap),
        })];
    }

    /// <summary>The voxel of the centre, which is moved into the box where it is not in it.</summary>
    public int[] Middle(Spacing spacing) =>
        [.. Centre.Select((place, axis) => Math.Clamp((int)Math.Floor(place / spacing[axis]), Box.Lower[axis], Math.Max(Box.Lower[axis], Box.Upper[axis] - 1)))];

    private static int[] Columns(CommaTable table, string prefix) =>
        [.. Enumerable.Range(0, table.Columns.Count).Where(column => table.Columns[column].StartsWith(prefix, StringComparison.Ordinal))];

    private static double Number(string path, CommaTable.Line line, int column) =>
        double.TryParse(line.Values[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : throw new VolumeFormatException(path, $"line {line.Number} has '{line.Values[column]}' where a number is expected.");
}
