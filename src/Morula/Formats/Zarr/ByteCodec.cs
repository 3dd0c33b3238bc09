namespace Morula.Formats;

/// <summary>A packing of bytes.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Unpack">How it is undone.</param>
internal sealed record ByteCodec(string Name, ByteCodec.Unpacking Unpack)
{
    /// <summary>Unpacks into the front of a room and gives the number of bytes; <see cref="InvalidDataException"/> where that cannot be.</summary>
    public delegate int Unpacking(ReadOnlySpan<byte> packed, Span<byte> room);
}
