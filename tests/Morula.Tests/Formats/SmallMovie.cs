using System.Globalization;
using System.Text;
using Morula.Formats;
using Morula.Runs;
using Morula.Volumes;

namespace Morula.Tests.Formats;

/// <summary>
/// A tracked movie of six places in a row: 1 divides into 2 and 3; 4 is missing from frame 5 and goes on as 5; 70000 needs more than
/// 16 bits. Places are 2 x 2 x 2 voxels of 1 x 0.5 x 0.5 um.
/// </summary>
internal sealed class SmallMovie : IDisposable
{
    public const int First = 3;

    public static readonly int[][] Family =
    [
        [1, 1, 4, 0, 70000, 0],
        [1, 1, 4, 0, 70000, 0],
        [2, 3, 0, 0, 70000, 0],
        [2, 3, 4, 0, 70000, 0],
        [2, 3, 0, 5, 70000, 0],
    ];

    private static readonly Dictionary<int, int> Mothers = new() { [2] = 1, [3] = 1, [5] = 4 };

    private readonly TemporaryFolder folder = new();

    public SmallMovie()
        : this(Family)
    {
    }

    public SmallMovie(int[][] frames)
    {
        var table = new StringBuilder("t,label,parent_label\n");
        Directory.CreateDirectory(Path.Combine(Own, "labels"));
        for (int index = 0; index < frames.Length; index++)
        {
            VolumeFile.Write(Path.Combine(Own, "labels", $"t{First + index:000}.tif"), Volume(frames[index]));
            foreach (int label in frames[index].Distinct().Where(label => label != 0))
                table.Append(CultureInfo.InvariantCulture, $"{First + index},{label},{Mothers.GetValueOrDefault(label)}\n");
        }

        File.WriteAllText(Path.Combine(Own, "tracks.csv"), table.ToString());
    }

    public string Own => folder["own"];

    public string this[string name] => folder[name];

    /// <summary>Writes it in another layout and answers with the folder.</summary>
    public string Export(ExportFormat format, string name = "out")
    {
        ExportRun.Run(new ExportRequest(Own, format, folder[name]) { Name = "E" });
        return folder[name];
    }

    /// <summary>What stands at the places of each frame.</summary>
    public static int[][] Places(string path) => Places(TrackedMovie.Open(path));

    public static int[][] Places(TrackedMovie movie) =>
        [.. Enumerable.Range(0, movie.Labels.Count).Select(index => movie.Labels.ReadLabels(index).Voxels[..12].Where((_, place) => place % 2 == 0).ToArray())];

    public static LabelVolume Volume(int[] places) =>
        new(new Extent(2, 2, 2 * places.Length), new Spacing(1, 0.5, 0.5), [.. Enumerable.Range(0, 8 * places.Length).Select(index => places[index % (2 * places.Length) / 2])]);

    public void Dispose() => folder.Dispose();
}
