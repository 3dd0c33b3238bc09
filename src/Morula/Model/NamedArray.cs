using System.Runtime.InteropServices;

namespace Morula.Model;

/// <summary>One array of a safetensors file. Its bytes are made or read when asked for, so that no more than one array is in memory.</summary>
internal sealed class NamedArray
{
    private readonly Action<Stream> write;

    private NamedArray(string name, string kind, long[] shape, long length, Action<Stream> write)
    {
        (Name, Kind, Shape, Length) = (name, kind, shape, length);
        this.write = write;
    }

    /// <summary>In the file.</summary>
    public string Name { get; }

    /// <summary>Type of a number, F32 or U8.</summary>
    public string Kind { get; }

    /// <summary>Sizes.</summary>
    public long[] Shape { get; }

    /// <summary>Number of bytes.</summary>
    public long Length { get; }

    /// <summary>The bytes, read or made anew at each call.</summary>
    public byte[] Bytes()
    {
        var bytes = new byte[Length];
        using var stream = new MemoryStream(bytes);
        write(stream);
        return bytes;
    }

    /// <summary>Writes the bytes.</summary>
    public void Write(Stream stream) => write(stream);

    /// <summary>Numbers that are made when they are written.</summary>
    public static NamedArray Of(string name, long[] shape, Func<float[]> values) =>
        new(name, "F32", shape, sizeof(float) * shape.Aggregate(1L, (product, size) => product * size), stream => stream.Write(MemoryMarshal.AsBytes<float>(values())));

    /// <summary>Bytes that are made when they are written.</summary>
    public static NamedArray Of(string name, long length, Action<Stream> write) => new(name, "U8", [length], length, write);

    /// <summary>Bytes that lie in a file.</summary>
    public static NamedArray InFile(string name, string kind, long[] shape, string path, long start, long length) => new(name, kind, shape, length, stream =>
    {
        using FileStream file = File.OpenRead(path);
        file.Position = start;
        byte[] piece = new byte[Math.Min(length, 1 << 20)];
        for (long left = length; left > 0; left -= piece.Length)
        {
            int count = (int)Math.Min(left, piece.Length);
            file.ReadExactly(piece, 0, count);
            stream.Write(piece, 0, count);
        }
    });
}
