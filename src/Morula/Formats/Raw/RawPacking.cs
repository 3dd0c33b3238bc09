namespace Morula.Formats;

/// <summary>How voxels are packed in a file.</summary>
internal enum RawPacking
{
    /// <summary>As they are.</summary>
    None,

    /// <summary>The whole file, header included, in gzip.</summary>
    Gzip,

    /// <summary>The voxels alone, in zlib.</summary>
    Zlib,
}
