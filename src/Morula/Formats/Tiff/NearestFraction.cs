namespace Morula.Formats;

/// <summary>The simplest fraction of 32-bit numbers next to a positive number, by its continued fraction.</summary>
internal static class NearestFraction
{
    /// <summary>Within 1e-12 of <paramref name="value"/> relatively, or as near as 32 bits allow; both parts at least 1.</summary>
    public static (uint Numerator, uint Denominator) Of(double value)
    {
        if (value >= uint.MaxValue) return (uint.MaxValue, 1);
        if (value <= 1.0 / uint.MaxValue) return (1, uint.MaxValue);
        (double above, double below) = (1, 0);
        (double aboveBefore, double belowBefore) = (0, 1);
        double rest = value;
        while (true)
        {
            double whole = Math.Floor(rest);
            double nextAbove = (whole * above) + aboveBefore;
            double nextBelow = (whole * below) + belowBefore;
            if (nextAbove > uint.MaxValue || nextBelow > uint.MaxValue) break;
            (aboveBefore, belowBefore, above, below) = (above, below, nextAbove, nextBelow);
            if (above > 0 && Math.Abs((above / below) - value) <= 1e-12 * value) break;
            if (rest - whole <= 0) break;
            rest = 1 / (rest - whole);
        }

        return above > 0 && below > 0 ? ((uint)above, (uint)below) : (1, (uint)Math.Min(uint.MaxValue, Math.Round(1 / value)));
    }
}
