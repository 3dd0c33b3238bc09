namespace Morula.Inference;

/// <summary>Where the results for one image lie.</summary>
/// <param name="Labels">The label volume, DIR/name.tif.</param>
/// <param name="Cells">The table of cells, DIR/name.cells.csv.</param>
public sealed record PredictionFiles(string Labels, string Cells)
{
    /// <summary>Whether both are there.</summary>
    public bool Exist => File.Exists(Labels) && File.Exists(Cells);

    /// <summary>Names the files of an image after the image.</summary>
    /// <param name="directory">Folder of the results.</param>
    /// <param name="imageName">Name of the image without folder and extension.</param>
    public static PredictionFiles In(string directory, string imageName) =>
        new(Path.Combine(directory, imageName + ".tif"), Path.Combine(directory, imageName + ".cells.csv"));
}
