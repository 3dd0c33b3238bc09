using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Morula.Formats;

/// <summary>The bytes of a TIFF file, with its byte order and width of offsets. Every read is checked against the file's end.</summary>
internal sealed class TiffSource : IDisposable
{
    private const int WindowBytes = 4096;
    private readonly SafeFileHandle handle;
    private readonly byte[] window = new byte[WindowBytes];
    private long windowStart;
    private int windowLength;

    private TiffSource(string path, SafeFileHandle handle)
    {
        Path = path;
        this.handle = handle;
        Length = RandomAccess.GetLength(handle);
    }

    public string Path { get; }

    public long Length { get; }

    public bool IsBigEndian { get; private set; }

    /// <summary>Whether offsets are 64 bits wide.</summary>
    public bool IsBigTiff { get; private set; }

    public long FirstDirectory { get; private set; }

    public static TiffSource Open(string path)
    {
        SafeFileHandle opened;
        try
        {
            opened = File.OpenHandle(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            string problem = File.Exists(path) ? $"cannot be opened ({fault.GetType().Name}); check that it may be read." : "there is no such file.";
            throw new VolumeFormatException(path, problem, fault);
        }

        try
        {
            var source = new TiffSource(path, opened);
            source.ReadHeader();
            return source;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public VolumeFormatException Fault(string problem) => new(Path, problem);

    /// <summary>Reads bytes that the caller keeps; safe on any thread.</summary>
    public void Read(long offset, Span<byte> target)
    {
        Require(offset, target.Length);
        int done = 0;
        while (done < target.Length)
        {
            int count = ReadSome(target[done..], offset + done);
            if (count == 0) throw Fault($"the file ended at byte {offset + done} while it was read.");
            done += count;
        }
    }

    /// <summary>A few bytes through a small window; for walking directories, on one thread, valid until the next call.</summary>
    public ReadOnlySpan<byte> Peek(long offset, int count)
    {
        Require(offset, count);
        if (count > WindowBytes)
        {
            var large = new byte[count];
            Read(offset, large);
            return large;
        }

        if (offset < windowStart || offset + count > windowStart + windowLength)
        {
            windowLength = (int)Math.Min(WindowBytes, Length - offset);
            Read(offset, window.AsSpan(0, windowLength));
            windowStart = offset;
        }

        return window.AsSpan((int)(offset - windowStart), count);
    }

    public ushort UInt16(ReadOnlySpan<byte> bytes) =>
        IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    public uint UInt32(ReadOnlySpan<byte> bytes) =>
        IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    /// <summary>A 64-bit number; one above the largest signed number comes out negative, which no check of offsets lets pass.</summary>
    public long Int64(ReadOnlySpan<byte> bytes) =>
        IsBigEndian ? BinaryPrimitives.ReadInt64BigEndian(bytes) : BinaryPrimitives.ReadInt64LittleEndian(bytes);

    public void Require(long offset, long count)
    {
        if (offset < 0 || count < 0 || offset > Length || count > Length - offset)
            throw Fault($"{count} bytes at byte {offset} lie outside the file, which has {Length}; it is truncated or damaged.");
    }

    public void Dispose() => handle.Dispose();

    private int ReadSome(Span<byte> target, long offset)
    {
        try
        {
            return RandomAccess.Read(handle, target, offset);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new VolumeFormatException(Path, $"byte {offset} cannot be read ({fault.GetType().Name}).", fault);
        }
    }

    private void ReadHeader()
    {
        if (Length < 8) throw Fault($"{Length} bytes are too few for a TIFF file.");
        byte[] header = Peek(0, 8).ToArray();
        IsBigEndian = header[0] == 'M';
        int version = UInt16(header.AsSpan(2));
        bool marked = (header[0] == 'I' && header[1] == 'I') || (header[0] == 'M' && header[1] == 'M');
        if (!marked || version is not (42 or 43))
            throw Fault("the content is not TIFF (it must begin with II or MM); check that the extension is right.");
        IsBigTiff = version == 43;
        FirstDirectory = IsBigTiff ? Int64(Peek(8, 8)) : UInt32(header.AsSpan(4));
    }
}
