using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Morula.Formats;

/// <summary>
/// The bytes of an HDF5 file. The library of HDF5 follows what a file says, in circles too: a read deep in recursion, and one behind
/// so many others that no file can need them to be opened, end in an exception instead of the process.
/// </summary>
internal sealed class Hdf5Stream : Stream
{
    private const long MostReads = 1_000_000;

    private static readonly byte[] Signature = [0x89, .. "HDF\r\n"u8, 0x1A, (byte)'\n'];

    private readonly FileStream file;
    private long readsLeft = MostReads;

    private Hdf5Stream(FileStream file) => this.file = file;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    /// <summary>Opens a file that begins as HDF5 does.</summary>
    /// <exception cref="VolumeFormatException">It is missing, locked or something else.</exception>
    public static Hdf5Stream Open(string path)
    {
        FileStream file = RawSource.OpenFile(path);
        try
        {
            if (!IsSigned(file)) throw new VolumeFormatException(path, "the content is not HDF5; check that the extension is right.");
            long end = StatedLength(file);
            return end <= file.Length
                ? new Hdf5Stream(file)
                : throw new VolumeFormatException(path, $"should have {end} bytes but has {file.Length}; it is truncated, or the program that writes it has not closed it.");
        }
        catch (Exception fault)
        {
            file.Dispose();
            if (fault is IOException) throw new VolumeFormatException(path, $"cannot be read ({fault.GetType().Name}).", fault);
            throw;
        }
    }

    /// <summary>The bound on reads begins anew: the file is open, or its next block is to be read.</summary>
    public void Renew() => readsLeft = MostReads;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        Require();
        return file.Read(buffer);
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        Require();
        return file.Seek(offset, origin);
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) file.Dispose();
        base.Dispose(disposing);
    }

    private void Require()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (--readsLeft < 0) throw new InvalidDataException("it leads in circles");
    }

    // The end stands behind the base address and another address, at a place that the version tells; 0 where text stands before all.
    private static long StatedLength(FileStream file)
    {
        var start = new byte[64];
        file.Position = 0;
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        int first = start[8] switch { 0 => 24, 1 => 28, _ => 12 };
        file.Position = 0;
        bool isKnown = read == start.Length && start.AsSpan().StartsWith(Signature) && start[first == 12 ? 9 : 13] == sizeof(long);
        return isKnown && BinaryPrimitives.ReadInt64LittleEndian(start.AsSpan(first)) == 0 ? BinaryPrimitives.ReadInt64LittleEndian(start.AsSpan(first + 16)) : 0;
    }

    // Another program's text may stand before it, as long as a power of two from 512 bytes on.
    private static bool IsSigned(FileStream file)
    {
        var bytes = new byte[Signature.Length];
        for (long start = 0; start + bytes.Length <= file.Length; start = start == 0 ? 512 : 2 * start)
        {
            file.Position = start;
            file.ReadExactly(bytes);
            if (bytes.AsSpan().SequenceEqual(Signature))
            {
                file.Position = 0;
                return true;
            }
        }

        return false;
    }
}
