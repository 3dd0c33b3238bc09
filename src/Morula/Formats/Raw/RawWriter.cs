using System.IO.Compression;

namespace Morula.Formats;

/// <summary>Writes a header and voxels behind it.</summary>
internal static class RawWriter
{
    /// <summary>Writes the file, in gzip where its name ends in .gz.</summary>
    public static void Write(string path, StoredVoxels voxels, byte[] header) => AtomicFile.Write(path, stream =>
    {
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            stream.Write(header);
            new VoxelRuns(voxels).CopyTo(stream);
            return;
        }

        using var packed = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
        packed.Write(header);
        new VoxelRuns(voxels).CopyTo(packed);
    });

    /// <summary>Refuses volumes without voxels and of other ranks.</summary>
    public static void Require(string path, StoredVoxels voxels)
    {
        if (voxels.Extent.Rank is < 2 or > 4) throw new ArgumentException($"{path}: rank {voxels.Extent.Rank} is not written; a volume has rank 2, 3 or 4.");
        if (voxels.Extent.Count == 0) throw new ArgumentException($"{path}: a volume of {voxels.Extent} voxels has none to write.");
    }
}
