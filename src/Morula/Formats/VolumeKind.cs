namespace Morula.Formats;

/// <summary>What is wanted of a file that may hold both.</summary>
internal enum VolumeKind
{
    /// <summary>Intensities.</summary>
    Image,

    /// <summary>Labels of cells.</summary>
    Labels,
}
