namespace Morula.Formats;

/// <summary>Unpacks blosclz, a relative of FastLZ: a control byte says how many literals follow, or how long a match is and how far back.</summary>
internal static class BloscLz
{
    private const int LongMatch = 7;
    private const int FarPage = 31;
    private const int FarDistance = 8191;

    /// <summary>Unpacks into all of the target.</summary>
    public static void Unpack(ReadOnlySpan<byte> packed, Span<byte> target)
    {
        int next = 0;
        int done = 0;
        int control = Next(packed, ref next) & 31;
        while (true)
        {
            if (control < 32)
            {
                int literals = control + 1;
                if (literals > packed.Length - next || literals > target.Length - done) throw new InvalidDataException("damaged blosclz");
                packed.Slice(next, literals).CopyTo(target[done..]);
                next += literals;
                done += literals;
            }
            else
            {
                done = Match(packed, ref next, control, target, done);
            }

            if (next >= packed.Length) break;
            control = packed[next++];
        }

        if (done != target.Length) throw new InvalidDataException("damaged blosclz");
    }

    private static int Match(ReadOnlySpan<byte> packed, ref int next, int control, Span<byte> target, int done)
    {
        long length = control >> 5;
        int page = control & 31;
        byte more = 255;
        while (control >> 5 == LongMatch && more == 255) length += more = Next(packed, ref next);
        length += 2;
        byte low = Next(packed, ref next);
        int distance = (page << 8) + low + 1;
        if (page == FarPage && low == 255)
        {
            distance = Next(packed, ref next) << 8;
            distance += Next(packed, ref next) + FarDistance + 1;
        }

        if (distance > done || length > target.Length - done) throw new InvalidDataException("damaged blosclz");
        for (int index = 0; index < length; index++, done++) target[done] = target[done - distance];
        return done;
    }

    private static byte Next(ReadOnlySpan<byte> packed, ref int next) =>
        next < packed.Length ? packed[next++] : throw new InvalidDataException("damaged blosclz");
}
