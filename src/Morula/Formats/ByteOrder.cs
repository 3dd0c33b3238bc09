using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Morula.Formats;

/// <summary>Turns words from one byte order to the other.</summary>
internal static class ByteOrder
{
    private delegate void Reversal<TWord>(ReadOnlySpan<TWord> source, Span<TWord> target);

    /// <summary>Turns words of 2, 4 or 8 bytes in place.</summary>
    public static void Reverse(Span<byte> stored, int wordBytes)
    {
        if (wordBytes == 2) Reverse<ushort>(stored, BinaryPrimitives.ReverseEndianness);
        else if (wordBytes == 4) Reverse<uint>(stored, BinaryPrimitives.ReverseEndianness);
        else if (wordBytes == 8) Reverse<ulong>(stored, BinaryPrimitives.ReverseEndianness);
    }

    private static void Reverse<TWord>(Span<byte> stored, Reversal<TWord> reverse)
        where TWord : unmanaged
    {
        Span<TWord> words = MemoryMarshal.Cast<byte, TWord>(stored);
        reverse(words, words);
    }
}
