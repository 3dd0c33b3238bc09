namespace Morula.Formats;

/// <summary>Puts back what Blosc sorts before packing: first bytes of all words, then the second ones; or bits likewise.</summary>
internal static class Shuffle
{
    /// <summary>Bytes back into words; what is left behind the last whole word is as it was.</summary>
    public static void Bytes(ReadOnlySpan<byte> mixed, int wordBytes, Span<byte> target)
    {
        int words = mixed.Length / wordBytes;
        for (int place = 0; place < wordBytes; place++)
        {
            ReadOnlySpan<byte> plane = mixed.Slice(place * words, words);
            for (int word = 0, to = place; word < plane.Length; word++, to += wordBytes) target[to] = plane[word];
        }

        mixed[(words * wordBytes)..].CopyTo(target[(words * wordBytes)..]);
    }

    /// <summary>Bits back into words; nothing was sorted where the number of words is no multiple of 8.</summary>
    public static void Bits(ReadOnlySpan<byte> mixed, int wordBytes, Span<byte> target)
    {
        int words = mixed.Length / wordBytes;
        if (words % 8 != 0)
        {
            mixed.CopyTo(target);
            return;
        }

        int row = words / 8;
        for (int place = 0; place < wordBytes; place++)
        {
            for (int group = 0; group < row; group++)
            {
                ulong square = 0;
                for (int bit = 0; bit < 8; bit++) square |= (ulong)mixed[(((place * 8) + bit) * row) + group] << (8 * bit);
                square = Transpose(square);
                for (int word = 0; word < 8; word++) target[(((group * 8) + word) * wordBytes) + place] = (byte)(square >> (8 * word));
            }
        }

        mixed[(words * wordBytes)..].CopyTo(target[(words * wordBytes)..]);
    }

    // Rows and columns of 8 x 8 bits, by exchanging ever larger squares (Warren, Hacker's Delight, 7-3).
    private static ulong Transpose(ulong square)
    {
        ulong change = (square ^ (square >> 7)) & 0x00AA00AA00AA00AA;
        square ^= change ^ (change << 7);
        change = (square ^ (square >> 14)) & 0x0000CCCC0000CCCC;
        square ^= change ^ (change << 14);
        change = (square ^ (square >> 28)) & 0x00000000F0F0F0F0;
        return square ^ change ^ (change << 28);
    }
}
