using System.Buffers;
using Morula.Volumes;

namespace Morula.Formats;

/// <summary>Decodes planes chunk by chunk on all cores and converts them straight into the volume.</summary>
/// <param name="source">File the pages lie in.</param>
/// <param name="planes">Pages in the order of the volume.</param>
/// <param name="sample">Which value of a pixel to take.</param>
/// <param name="convert">From stored bytes to voxels.</param>
internal sealed class PlaneReader<TVoxel>(
    TiffSource source,
    IReadOnlyList<TiffPage> planes,
    int sample,
    VoxelConversion.Convert<TVoxel> convert)
{
    private readonly Lock gate = new();
    private long faultyJob = long.MaxValue;
    private VolumeFormatException? fault;

    public TVoxel[] Read(Extent extent)
    {
        TVoxel[] voxels = Reserve(extent);
        int perPlane = planes[0].ChunksPerPlane;
        if (planes.All(plane => plane.ChunksPerPlane == perPlane))
            Parallel.For(0L, (long)planes.Count * perPlane, job => Attempt(job, (int)(job / perPlane), (int)(job % perPlane), voxels));
        else
            Parallel.For(0, planes.Count, plane => ReadPlane(plane, voxels));
        return fault is null ? voxels : throw fault;
    }

    private void ReadPlane(int plane, TVoxel[] voxels)
    {
        for (int chunk = 0; chunk < planes[plane].ChunksPerPlane; chunk++) Attempt(plane, plane, chunk, voxels);
    }

    // The fault reported is the first in the file, on however many cores.
    private void Attempt(long job, int plane, int chunk, TVoxel[] voxels)
    {
        try
        {
            ReadChunk(plane, chunk, voxels);
        }
        catch (VolumeFormatException found)
        {
            lock (gate)
            {
                if (job < faultyJob) (faultyJob, fault) = (job, found);
            }
        }
    }

    private void ReadChunk(int plane, int chunk, TVoxel[] voxels)
    {
        TiffPage page = planes[plane];
        int stored = page.IsSeparate ? chunk + (sample * page.ChunksPerPlane) : chunk;
        int bytes = (int)page.BytesOf(stored);
        byte[] decoded = ArrayPool<byte>.Shared.Rent(bytes);
        try
        {
            ChunkDecoder.Decode(source, page, stored, decoded.AsSpan(0, bytes));
            Place(page, chunk, decoded.AsSpan(0, bytes), voxels.AsSpan(checked((int)((long)plane * page.Width * page.Height)), page.Width * page.Height));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(decoded);
        }
    }

    private void Place(TiffPage page, int chunk, ReadOnlySpan<byte> decoded, Span<TVoxel> target)
    {
        int row = chunk / page.ChunksAcross * page.ChunkHeight;
        int column = chunk % page.ChunksAcross * page.ChunkWidth;
        int rows = Math.Min(page.ChunkHeight, page.Height - row);
        int columns = Math.Min(page.ChunkWidth, page.Width - column);
        int step = page.SamplesPerChunk;
        int stride = page.ChunkWidth * step * page.VoxelBytes;
        int first = page.IsSeparate ? 0 : sample * page.VoxelBytes;
        for (int index = 0; index < rows; index++)
        {
            Span<TVoxel> line = target.Slice(((row + index) * page.Width) + column, columns);
            if (!convert(page.Type, decoded.Slice((index * stride) + first, stride - first), step, line))
                throw source.Fault($"page {page.Index} has a label below 0 or above {int.MaxValue} in row {row + index}; renumber the labels.");
        }
    }

    private TVoxel[] Reserve(Extent extent)
    {
        try
        {
            return new TVoxel[extent.Count];
        }
        catch (OutOfMemoryException inner)
        {
            throw new VolumeFormatException(source.Path, $"{extent} voxels do not fit into memory; read frame by frame or crop the file.", inner);
        }
    }
}
