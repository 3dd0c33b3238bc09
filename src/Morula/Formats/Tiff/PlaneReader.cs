using System.Buffers;
using Morula.Volumes;

namespace Morula.Formats;

/// <summary>Decodes planes chunk by chunk on all cores and converts them straight into the volume.</summary>
/// <param name="source">File the pages lie in.</param>
/// <param name="planes">Pages in the order of the volume.</param>
/// <param name="window">Rows and columns of every plane that are read.</param>
/// <param name="sample">Which value of a pixel to take.</param>
/// <param name="convert">From stored bytes to voxels.</param>
internal sealed class PlaneReader<TVoxel>(
    TiffSource source,
    IReadOnlyList<TiffPage> planes,
    Block window,
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
        Block held = Held(page, chunk);
        if (held.Intersect(window).IsEmpty) return;
        int stored = page.IsSeparate ? chunk + (sample * page.ChunksPerPlane) : chunk;
        int bytes = (int)page.BytesOf(stored);
        byte[] decoded = ArrayPool<byte>.Shared.Rent(bytes);
        try
        {
            ChunkDecoder.Decode(source, page, stored, decoded.AsSpan(0, bytes));
            Place(page, held, decoded.AsSpan(0, bytes), voxels.AsSpan(checked((int)((long)plane * window.Extent.Count)), (int)window.Extent.Count));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(decoded);
        }
    }

    // Rows and columns of a plane that a chunk holds.
    private static Block Held(TiffPage page, int chunk)
    {
        int row = chunk / page.ChunksAcross * page.ChunkHeight;
        int column = chunk % page.ChunksAcross * page.ChunkWidth;
        return new Block([row, column], [Math.Min(page.Height, row + page.ChunkHeight), Math.Min(page.Width, column + page.ChunkWidth)]);
    }

    private void Place(TiffPage page, Block held, ReadOnlySpan<byte> decoded, Span<TVoxel> target)
    {
        Block wanted = held.Intersect(window);
        int step = page.SamplesPerChunk;
        int stride = page.ChunkWidth * step * page.VoxelBytes;
        int first = ((wanted.Lower[1] - held.Lower[1]) * step * page.VoxelBytes) + (page.IsSeparate ? 0 : sample * page.VoxelBytes);
        for (int row = wanted.Lower[0]; row < wanted.Upper[0]; row++)
        {
            Span<TVoxel> line = target.Slice(((row - window.Lower[0]) * window.Extent[1]) + wanted.Lower[1] - window.Lower[1], wanted.Extent[1]);
            ReadOnlySpan<byte> stored = decoded[(((row - held.Lower[0]) * stride) + first)..((row - held.Lower[0] + 1) * stride)];
            if (!convert(page.Type, stored, step, line))
                throw source.Fault($"page {page.Index} has a label below 0 or above {int.MaxValue} in row {row}; renumber the labels.");
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
