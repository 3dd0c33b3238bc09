using PureHDF.VOL.Native;

namespace Morula.Formats;

/// <summary>Holds the chunk that is being written and no other: chunks are written whole, one after the other.</summary>
internal sealed class SingleChunk : IWritingChunkCache
{
    private ulong number;
    private Memory<byte>? held;
    private Action<ulong, Memory<byte>>? write;

    public Memory<byte> GetChunk(ulong chunkIndex, Func<Memory<byte>> chunkAllocator, Action<ulong, Memory<byte>> chunkWriter)
    {
        if (held is { } chunk && number == chunkIndex) return chunk;
        if (held is not null) throw new InvalidOperationException($"Chunk {chunkIndex} begins before chunk {number} is done.");
        (number, write, held) = (chunkIndex, chunkWriter, chunkAllocator());
        return held.Value;
    }

    /// <summary>Sends the chunk to the file.</summary>
    public void Finish()
    {
        if (held is not { } chunk) return;
        held = null;
        write!(number, chunk);
    }

    public void Flush(Action<ulong, Memory<byte>>? chunkWriter) => Finish();
}
