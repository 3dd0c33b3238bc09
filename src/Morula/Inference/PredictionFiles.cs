using Morula.Formats;

namespace Morula.Inference;

/// <summary>Where the results for one image lie.</summary>
/// <param name="Labels">The label volume, DIR/name.tif, or DIR/name.ome.zarr of an image that is such a store.</param>
/// <param name="Cells">The table of cells, DIR/name.cells.csv.</param>
public sealed record PredictionFiles(string Labels, string Cells)
{
    /// <summary>Whether both are there.</summary>
    public bool Exist => VolumeFile.Exists(Labels) && File.Exists(Cells);

    /// <summary>Takes the table away, without which the results count as missing: the image is predicted again, and the labels stay until new ones are there.</summary>
    public void Forget() => File.Delete(Cells);

    /// <summary>Names the files of an image after the image.</summary>
    /// <param name="directory">Folder of the results.</param>
    /// <param name="imageName">Name of the image without folder and extension.</param>
    public static PredictionFiles In(string directory, string imageName) =>
        new(Path.Combine(directory, imageName + ".tif"), Path.Combine(directory, imageName + ".cells.csv"));

    /// <summary>Names the files of an image after it: the labels of a Zarr store are one too, since it may be larger than a TIFF is good for.</summary>
    /// <param name="directory">Folder of the results.</param>
    /// <param name="imagePath">The image.</param>
    public static PredictionFiles Of(string directory, string imagePath)
    {
        PredictionFiles files = In(directory, VolumeName.Of(imagePath));
        return Directory.Exists(imagePath) ? files with { Labels = Path.ChangeExtension(files.Labels, ".ome.zarr") } : files;
    }
}
