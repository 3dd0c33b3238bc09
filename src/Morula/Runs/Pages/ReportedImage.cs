using Morula.Formats;
using Morula.Inference;
using Morula.Reports;

namespace Morula.Runs;

/// <summary>An image, or a frame of a movie, and what was found in it, as files.</summary>
/// <param name="Name">Its name on a page.</param>
/// <param name="Path">The image.</param>
/// <param name="Frame">Frame of the file; null for all of it.</param>
/// <param name="Files">The results.</param>
/// <param name="Rank">Axes of an image: 2 or 3.</param>
internal sealed record ReportedImage(string Name, string Path, int? Frame, PredictionFiles Files, int Rank)
{
    /// <summary>Unit of lengths: µm, or voxels where the image does not state the size of its voxels.</summary>
    public string Unit => VolumeFile.ReadInfo(Path).IsCalibrated ? "µm" : "voxels";

    /// <summary>Unit of volumes, areas at rank 2.</summary>
    public string VolumeUnit => Unit == "voxels" ? Unit : Rank == 2 ? "µm²" : "µm³";

    /// <summary>The cells that the table lists.</summary>
    public IReadOnlyList<ListedCell> Cells() => ListedCell.Read(Files.Cells);

    /// <summary>Image and labels, for pictures.</summary>
    public PlaneSource Open() => PlaneSource.Open(Path, Frame, Files.Labels, Rank);
}
