using PureHDF.VOL.Native;

namespace Morula.Formats;

/// <summary>
/// Unpacked chunks, the latest up to a bound of memory; for one thread. Each is copied at once: what the library hands out may lie in a
/// buffer that it has given back already, as where a chunk has a checksum or could not be packed.
/// </summary>
internal sealed class ChunkStore(long mostBytes) : IReadingChunkCache
{
    private readonly Dictionary<ulong, byte[]> chunks = [];
    private readonly Queue<ulong> order = [];
    private long held;

    public Memory<byte> GetChunk(ulong chunkIndex, Func<Memory<byte>> chunkReader)
    {
        if (chunks.TryGetValue(chunkIndex, out byte[]? chunk)) return chunk;
        chunk = chunkReader().ToArray();
        for (held += chunk.Length; held > mostBytes && order.TryDequeue(out ulong oldest);)
        {
            held -= chunks[oldest].Length;
            chunks.Remove(oldest);
        }

        chunks.Add(chunkIndex, chunk);
        order.Enqueue(chunkIndex);
        return chunk;
    }
}
