using System.Runtime.InteropServices;
using PureHDF;
using PureHDF.Filters;
using PureHDF.Selections;
using PureHDF.VOL.Native;

namespace Morula.Formats;

/// <summary>Writes one dataset as PlantSeg reads it: <c>raw</c> or <c>label</c>, chunks of whole rows or slices in gzip, chunk after chunk.</summary>
internal static class Hdf5Writer
{
    /// <summary>Steps along Z Y X, µm.</summary>
    internal const string StepsAttribute = "element_size_um";

    /// <summary>Step along T, seconds.</summary>
    internal const string TimeAttribute = "time_step_s";

    private const int ChunkBytes = 1 << 20;
    private const int DeflateLevel = 1;

    public static void Write(string path, StoredVoxels voxels)
    {
        RawWriter.Require(path, voxels);
        AtomicFile.Write(path, stream =>
        {
            switch (voxels.Type)
            {
                case VoxelType.UInt8: Write<byte>(stream, voxels); break;
                case VoxelType.UInt16: Write<ushort>(stream, voxels); break;
                case VoxelType.UInt32: Write<uint>(stream, voxels); break;
                default: Write<float>(stream, voxels); break;
            }
        });
    }

    private static void Write<TVoxel>(Stream stream, StoredVoxels voxels)
        where TVoxel : unmanaged
    {
        int[] sizes = voxels.Extent.Sizes.ToArray();
        int[] chunk = ChunkOf(sizes, Marshal.SizeOf<TVoxel>());
        var filters = new List<H5Filter> { new(ShuffleFilter.Id), new(DeflateFilter.Id, new Dictionary<string, object> { [DeflateFilter.COMPRESSION_LEVEL] = DeflateLevel }) };
        var single = new SingleChunk();
        var dataset = new H5Dataset<TVoxel[]>([.. sizes.Select(size => (ulong)size)], [.. chunk.Select(size => (uint)size)], new H5DatasetCreation(single, filters))
        {
            Attributes = AttributesOf(voxels),
        };
        using H5NativeWriter writer = new H5File { [voxels.IsLabels ? "label" : "raw"] = dataset }.BeginWrite(stream);
        var run = new VoxelRuns(voxels);
        foreach (var (start, length, place, extent) in Runs(sizes, chunk))
        {
            var part = new TVoxel[length];
            run.Read(start, MemoryMarshal.AsBytes(part.AsSpan()));
            writer.Write(dataset, part, fileSelection: new HyperslabSelection(sizes.Length, place, extent));
            single.Finish();
        }
    }

    private static Dictionary<string, object> AttributesOf(StoredVoxels voxels)
    {
        string axes = "tzyx"[(4 - voxels.Extent.Rank)..];
        string tags = string.Join(", ", axes.Select(axis => $"{{\"key\": \"{axis}\", \"typeFlags\": {(axis == 't' ? 8 : 2)}, \"resolution\": 0, \"description\": \"\"}}"));
        var attributes = new Dictionary<string, object> { [StepsAttribute] = voxels.Steps[1..], ["axistags"] = $"{{\"axes\": [{tags}]}}" };
        if (voxels.Extent.Rank == 4) attributes[TimeAttribute] = voxels.Steps[0];
        return attributes;
    }

    /// <summary>A chunk of about a mebibyte that is one run of voxels: whole along the last axes, a part along one, 1 along the first.</summary>
    private static int[] ChunkOf(int[] sizes, int voxelBytes)
    {
        int[] chunk = [.. Enumerable.Repeat(1, sizes.Length)];
        long room = ChunkBytes / voxelBytes;
        for (int axis = sizes.Length - 1; axis >= 0 && room > 0; axis--)
        {
            chunk[axis] = (int)Math.Min(sizes[axis], room);
            room = chunk[axis] < sizes[axis] ? 0 : room / sizes[axis];
        }

        return chunk;
    }

    private static IEnumerable<(long Start, int Length, ulong[] Place, ulong[] Extent)> Runs(int[] sizes, int[] chunk)
    {
        int parted = Array.FindIndex(chunk, size => size > 1);
        if (parted < 0) parted = sizes.Length - 1;
        int inner = sizes[(parted + 1)..].Aggregate(1, (product, size) => product * size);
        long outer = sizes[..parted].Aggregate(1L, (product, size) => product * size);
        for (long before = 0; before < outer; before++)
        {
            for (int first = 0; first < sizes[parted]; first += chunk[parted])
            {
                int count = Math.Min(chunk[parted], sizes[parted] - first);
                var (place, extent) = (new ulong[sizes.Length], (ulong[])[.. chunk.Select(size => (ulong)size)]);
                long left = before;
                for (int axis = parted - 1; axis >= 0; left /= sizes[axis--]) place[axis] = (ulong)(left % sizes[axis]);
                (place[parted], extent[parted]) = ((ulong)first, (ulong)count);
                yield return (((before * sizes[parted]) + first) * inner, count * inner, place, extent);
            }
        }
    }
}
