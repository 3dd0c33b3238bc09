using Morula.Volumes;

namespace Morula.Formats;

/// <summary>An open image file of some format, whose structure is known and whose voxels can be read, from several threads.</summary>
internal interface IVolumeReader : IDisposable
{
    /// <summary>What the file holds.</summary>
    VolumeInfo Info { get; }

    /// <summary>Step along T, Z, Y, X: seconds, then µm.</summary>
    Spacing Steps { get; }

    /// <summary>Frames, slices, rows and columns that the file holds together: what is read in one go.</summary>
    int[] Piece { get; }

    /// <summary>Whether a part can only be had by going through the file from its front.</summary>
    bool IsSequential => false;

    /// <summary>Intensities of the selection, last axis fastest; all finite.</summary>
    float[] ReadIntensities(VolumeSelection selection);

    /// <summary>Labels of the selection, last axis fastest; none negative.</summary>
    int[] ReadLabels(VolumeSelection selection);
}
