using Morula.Formats;

namespace Morula.Runs;

/// <summary>How large the cells of images are, µm (voxels of images that state no voxel size).</summary>
/// <param name="Common">Of all of them; where they differ, of one in the middle.</param>
public sealed record CellSizes(double Common)
{
    /// <summary>By the name of an image, without folder and extension, where images differ; else empty.</summary>
    public IReadOnlyDictionary<string, double> Each { get; init; } = new Dictionary<string, double>();

    /// <summary>The smallest: at its scale images have the most voxels.</summary>
    public double Least => Each.Count > 0 ? Each.Values.Min() : Common;

    /// <summary>The largest.</summary>
    public double Most => Each.Count > 0 ? Each.Values.Max() : Common;

    /// <summary>What a run that goes on finds in the folder of its results; null where all images are alike, or nothing has been judged.</summary>
    /// <param name="folder">Of the results.</param>
    /// <exception cref="VolumeFormatException">The file there cannot be read.</exception>
    public static CellSizes? Of(string folder) => File.Exists(PathIn(folder)) ? JsonText.Read<CellSizes>(PathIn(folder)) : null;

    /// <summary>Leaves diameters.json in the folder of the results where images differ; takes away what an earlier run left there else.</summary>
    /// <param name="folder">Of the results.</param>
    public void Leave(string folder)
    {
        if (Each.Count > 0) AtomicFile.WriteText(PathIn(folder), JsonText.Of(this));
        else File.Delete(PathIn(folder));
    }

    private static string PathIn(string folder) => Path.Combine(folder, "diameters.json");
}
