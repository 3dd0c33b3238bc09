using System.IO.Compression;

namespace Morula.Formats;

/// <summary>The bytes of a file, unpacked, best read from front to back; every fault is one of the file.</summary>
internal sealed class RawSource : IDisposable
{
    // Deflate packs 1032 bytes into one at best: what claims more is damaged.
    private const long MostRatio = 1040;
    private readonly Stream file;
    private readonly RawPacking packing;
    private readonly long start;
    private Stream bytes;
    private readonly byte[] passed = new byte[1 << 14];
    private long position;

    private RawSource(string path, Stream file, RawPacking packing)
    {
        (Path, this.file, this.packing, start) = (path, file, packing, file.Position);
        bytes = Unpack();
        FileBytes = file.Length - start;
        position = IsPacked ? 0 : start;
    }

    public string Path { get; }

    /// <summary>Bytes of the file, packed where it is packed, from where reading began.</summary>
    public long FileBytes { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="packing">How it is packed.</param>
    /// <param name="start">Byte of the file at which reading, and packing, begins.</param>
    public static RawSource Open(string path, RawPacking packing, long start = 0)
    {
        FileStream file = OpenFile(path);
        file.Position = Math.Min(start, file.Length);
        return new RawSource(path, file, packing);
    }

    /// <summary>Opens a file to read.</summary>
    /// <exception cref="VolumeFormatException">There is none, or it cannot be opened.</exception>
    public static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            string problem = File.Exists(path) ? $"cannot be opened ({fault.GetType().Name}); check that it may be read." : "there is no such file.";
            throw new VolumeFormatException(path, problem, fault);
        }
    }

    private bool IsPacked => packing != RawPacking.None;

    public VolumeFormatException Fault(string problem) => new(Path, problem);

    /// <summary>Refuses a header that claims more bytes than the file can hold.</summary>
    public void RequireRoom(long offset, long count)
    {
        long room = IsPacked ? (FileBytes * MostRatio) + 4096 : FileBytes;
        if (count > room || offset > room - count)
            throw Fault($"its header claims {count} bytes of voxels from byte {offset} on, but the file has {FileBytes}{(IsPacked ? " packed ones" : "")}; it is truncated or damaged.");
    }

    /// <summary>Reads from a byte on; in a packed file, one that lies behind costs unpacking anew from its front.</summary>
    public void Read(long offset, Span<byte> target)
    {
        if (!IsPacked) position = file.Position = offset;
        else if (offset < position) Rewind();
        while (position < offset) Require(ReadSome(passed.AsSpan(0, (int)Math.Min(passed.Length, offset - position))));
        while (target.Length > 0)
        {
            int count = ReadSome(target);
            Require(count);
            target = target[count..];
        }
    }

    /// <summary>At most so many bytes, fewer where the file ends.</summary>
    public byte[] ReadUpTo(int most)
    {
        var read = new byte[most];
        int done = 0;
        for (int count = 1; done < most && count > 0; done += count) count = ReadSome(read.AsSpan(done));
        return read[..done];
    }

    public void Dispose()
    {
        bytes.Dispose();
        file.Dispose();
    }

    private void Rewind()
    {
        bytes.Dispose();
        file.Position = start;
        bytes = Unpack();
        position = 0;
    }

    private Stream Unpack() => packing switch
    {
        RawPacking.Gzip => new GZipStream(file, CompressionMode.Decompress, leaveOpen: true),
        RawPacking.Zlib => new ZLibStream(file, CompressionMode.Decompress, leaveOpen: true),
        _ => file,
    };

    private void Require(int count)
    {
        if (count == 0) throw Fault($"ends after {position} bytes{(IsPacked ? " unpacked" : "")}, before its last voxel; it is truncated.");
    }

    private int ReadSome(Span<byte> target)
    {
        try
        {
            int count = bytes.Read(target);
            position += count;
            return count;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new VolumeFormatException(Path, $"cannot be read after byte {position} ({fault.GetType().Name}){(IsPacked ? "; its packed bytes are damaged" : "")}.", fault);
        }
    }
}
