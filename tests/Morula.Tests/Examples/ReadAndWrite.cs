using Morula.Formats;
using Morula.Reports;
using Morula.Volumes;

namespace Examples;

public static class ReadAndWrite
{
    public static int Run(string imagePath, string labelPath, string folder)
    {
        Volume image = VolumeFile.ReadImage(imagePath);             // TIFF, HDF5, OME-Zarr, NIfTI, ...: Y X, Z Y X or T Z Y X
        LabelVolume cells = VolumeFile.ReadLabels(labelPath);
        Console.WriteLine($"{image.Extent} voxels of {image.Spacing} µm, {cells.Cells().Count} cells");
        VolumeFile.Write(Path.Combine(folder, "cells.ome.zarr"), cells);
        VolumeFile.Write(Path.Combine(folder, "image.nii.gz"), image);
        File.WriteAllBytes(Path.Combine(folder, "slices.png"), SliceFigure.Orthogonal(image, cells));
        return cells.Cells().Count;
    }
}
