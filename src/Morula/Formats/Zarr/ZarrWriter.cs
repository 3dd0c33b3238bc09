using Morula.Volumes;

namespace Morula.Formats;

/// <summary>Writes OME-Zarr: chunks packed by zstd, and coarser levels made from finer ones block by block.</summary>
internal static class ZarrWriter
{
    public static void Write(string path, StoredVoxels voxels)
    {
        RawWriter.Require(path, voxels);
        if (!ZarrPath.IsStoreName(path)) throw new VolumeFormatException(path, "a path inside of a store is read, not written; write a .zarr of its own.");
        AtomicFolder.Write(path, folder =>
        {
            IReadOnlyList<ZarrLevel> levels = ZarrLevel.Plan(voxels.Extent, voxels.Spacing);
            StoredVoxels level = voxels;
            for (int index = 0; index < levels.Count; index++)
            {
                string array = Path.Combine(folder, ZarrLevel.NameOf(index));
                if (index > 0) level = Coarser(Path.Combine(folder, ZarrLevel.NameOf(index - 1)), voxels, levels[index]);
                ZarrArrayWriter.Write(array, level);
            }

            ZarrText.WriteGroup(folder, VolumeName.Of(path), voxels, levels);
        });
    }

    private static StoredVoxels Coarser(string finer, StoredVoxels voxels, ZarrLevel level)
    {
        ZarrImage image = ZarrImage.Open(finer);
        VolumeSelection all = VolumeSelection.Make(finer, image.Info, image.Steps, 0, null, voxels.Extent.Rank);
        Extent piece = ZarrArrayWriter.ChunkOf(level.Extent);
        StoredVoxels coarser = voxels.IsLabels
            ? StoredVoxels.Of(finer, level.Extent, level.Spacing, voxels.Type == VoxelType.UInt16 ? ushort.MaxValue : int.MaxValue, block =>
                new LabelVolume(block.Extent, level.Spacing, Pooling.Labels(image.ReadLabels(all.Cut(level.Finer(block, all.Extent))), level.Finer(block, all.Extent).Extent, level.Factors)))
            : StoredVoxels.Of(finer, level.Extent, level.Spacing, voxels.Type, block =>
                new Volume(block.Extent, level.Spacing, Pooling.Means(image.ReadIntensities(all.Cut(level.Finer(block, all.Extent))), level.Finer(block, all.Extent).Extent, level.Factors)));
        return coarser with { Piece = piece, MostAsked = VoxelAsking.MostAsked / 8, ZarrFormat = voxels.ZarrFormat };
    }
}
