using Morula.Inference;

namespace Morula.Runs;

/// <summary>Where the results for a frame of a movie lie.</summary>
internal static class MovieFiles
{
    /// <summary>Its labels, labels/NAME.tif, and its table of cells, cells/NAME.cells.csv.</summary>
    /// <param name="folder">Of the movie's results.</param>
    /// <param name="frame">Name of the frame.</param>
    public static PredictionFiles In(string folder, string frame) =>
        new(Path.Combine(folder, "labels", $"{frame}.tif"), Path.Combine(folder, "cells", $"{frame}.cells.csv"));

    /// <summary>Removes frames, labels and table, that an earlier and longer movie left in the folder.</summary>
    /// <param name="folder">Of the movie's results, which are complete.</param>
    /// <param name="frames">Names of its frames.</param>
    public static void KeepOnly(string folder, IEnumerable<string> frames)
    {
        const string Ending = ".cells.csv";
        HashSet<string> kept = [.. frames];
        foreach (string table in Directory.GetFiles(Path.Combine(folder, "cells"), "*" + Ending))
        {
            string name = Path.GetFileName(table)[..^Ending.Length];
            if (kept.Contains(name)) continue;
            File.Delete(In(folder, name).Labels);
            File.Delete(table);
        }
    }
}
