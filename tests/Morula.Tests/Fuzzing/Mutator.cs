using System.Buffers.Binary;
using System.Text;

namespace Morula.Fuzzing;

/// <summary>Damages files: bits, bytes, numbers at their extremes, words exchanged, pieces of other files, truncation. A function of the chance it is given.</summary>
internal static class Mutator
{
    private const int Edge = 400;
    private const int MostChanges = 4;

    private static readonly long[] Extremes =
        [0, 1, -1, 2, 127, 128, 255, 256, 32767, 32768, 65535, 65536, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 32, long.MaxValue, long.MinValue, 1 << 20];

    private static readonly string[] Numbers =
    [
        "0", "-1", "1", "255", "65536", "2147483647", "2147483648", "4294967295", "9223372036854775807", "-9223372036854775808", "99999999999999999999",
        "1e400", "-1e400", "1e-400", "0.5", "NaN", "inf", "", "1_0", "0x10", "٣",
    ];

    private static readonly string[] Scraps =
        ["null", "true", "[]", "{}", "\"\"", "\"\\ud800\"", "{\"a\":{}}", ",", ":", "\0", "\uffff", "<a>", "</a>", "&amp;", "\n", "\r\n", " ", "=", "()", "[[[[[[[[", "\t"];

    /// <summary>A damaged copy.</summary>
    /// <param name="whole">The file.</param>
    /// <param name="others">Files of which pieces may be taken.</param>
    /// <param name="random">Chance.</param>
    public static byte[] Mutate(byte[] whole, IReadOnlyList<byte[]> others, Random random)
    {
        byte[] mutant = [.. whole];
        for (int change = random.Next(1, MostChanges + 1); change > 0 && mutant.Length > 0; change--) mutant = Change(mutant, others, random);
        return random.Next(10) == 0 ? mutant[..random.Next(mutant.Length + 1)] : mutant;
    }

    private static byte[] Change(byte[] bytes, IReadOnlyList<byte[]> others, Random random)
    {
        int place = Place(bytes.Length, random);
        int count = Math.Min(random.Next(1, 24), bytes.Length - place);
        switch (random.Next(11))
        {
            case 0: bytes[place] = (byte)random.Next(256); break;
            case 1: bytes[place] ^= (byte)(1 << random.Next(8)); break;
            case 2: bytes.AsSpan(place, Math.Min(count, 8)).Fill((byte)(random.Next(2) * 255)); break;
            case 3: bytes[place] = (byte)"0123456789-<>\"{},=[]: \n"[random.Next(23)]; break;
            case 4: bytes.AsSpan(random.Next(bytes.Length - count + 1), count).ToArray().CopyTo(bytes, place); break;
            case 5: return Splice(bytes, place, others[random.Next(others.Count)], random);
            case 6 or 7: PutExtreme(bytes, place, random); break;
            case 8: return ReplaceNumber(bytes, place, random);
            case 9: return ExchangeWords(bytes, random);
            default:
                byte[] scrap = random.Next(2) == 0 ? [] : Encoding.UTF8.GetBytes(Scraps[random.Next(Scraps.Length)]);
                return [.. bytes[..place], .. scrap, .. bytes[(place + (random.Next(2) * count))..]];
        }

        return bytes;
    }

    // Structure lies at the start or at the end of most files: most damage is done there.
    private static int Place(int length, Random random) => random.Next(3) switch
    {
        0 => random.Next(Math.Min(Edge, length)),
        1 => length - 1 - random.Next(Math.Min(Edge, length)),
        _ => random.Next(length),
    };

    // A piece of another file, where it stood or elsewhere, over what is here or before it.
    private static byte[] Splice(byte[] bytes, int place, byte[] other, Random random)
    {
        if (other.Length == 0) return bytes;
        int from = random.Next(2) == 0 ? Math.Min(place, other.Length - 1) : random.Next(other.Length);
        int count = Math.Min(random.Next(1, 200), other.Length - from);
        int kept = random.Next(2) == 0 ? Math.Min(place + count, bytes.Length) : place;
        return [.. bytes[..place], .. other.AsSpan(from, count), .. bytes[kept..]];
    }

    private static void PutExtreme(byte[] bytes, int place, Random random)
    {
        int width = 1 << random.Next(4);
        if (place + width > bytes.Length) return;
        if (random.Next(2) == 0) place -= place % width;
        long value = Extremes[random.Next(Extremes.Length)] + random.Next(-1, 2);
        Span<byte> word = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(word, value);
        if (random.Next(3) == 0) word[..width].Reverse();
        word[..width].CopyTo(bytes.AsSpan(place));
    }

    private static byte[] ReplaceNumber(byte[] bytes, int place, Random random)
    {
        int first = Array.FindIndex(bytes, place, byte_ => byte_ is >= (byte)'0' and <= (byte)'9');
        if (first < 0) return bytes;
        int end = first;
        while (end < bytes.Length && bytes[end] is >= (byte)'0' and <= (byte)'9') end++;
        return [.. bytes[..first], .. Encoding.UTF8.GetBytes(Numbers[random.Next(Numbers.Length)]), .. bytes[end..]];
    }

    private static byte[] ExchangeWords(byte[] bytes, Random random)
    {
        var (first, second) = (WordAt(bytes, Place(bytes.Length, random)), WordAt(bytes, Place(bytes.Length, random)));
        if (first.Start > second.Start) (first, second) = (second, first);
        if (first.End <= first.Start || second.End <= second.Start || first.End > second.Start) return bytes;
        return [.. bytes[..first.Start], .. bytes[second.Start..second.End], .. bytes[first.End..second.Start], .. bytes[first.Start..first.End], .. bytes[second.End..]];
    }

    private static (int Start, int End) WordAt(byte[] bytes, int place)
    {
        static bool IsLetter(byte value) => value is (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9') or (byte)'_' or (byte)'.';
        int start = Array.FindIndex(bytes, place, IsLetter);
        if (start < 0) return (0, 0);
        int end = start;
        while (end < bytes.Length && IsLetter(bytes[end])) end++;
        return (start, end);
    }
}
