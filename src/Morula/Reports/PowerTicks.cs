namespace Morula.Reports;

/// <summary>Ticks of an axis that holds decimal logarithms.</summary>
internal static class PowerTicks
{
    private const double ShortSpan = 0.8;

    /// <summary>
    /// Ticks at round values between two logarithms: powers of ten over a long span, even steps over a short one.
    /// Small ticks have no label.
    /// </summary>
    public static IEnumerable<(double Place, string? Label)> Between(double least, double most)
    {
        var ticks = most - least < ShortSpan ? Steps(Math.Pow(10, least), Math.Pow(10, most)) : Powers(least, most);
        return ticks.Where(tick => tick.Place >= least - 1e-9 && tick.Place <= most + 1e-9);
    }

    private static IEnumerable<(double Place, string? Label)> Steps(double least, double most)
    {
        double step = RoundNumber.Below((most - least) / 4);
        for (double count = Math.Max(1, Math.Floor(least / step)); count * step <= most + step; count++)
            yield return (Math.Log10(count * step), (count * step).ToString("G4"));
    }

    private static IEnumerable<(double Place, string? Label)> Powers(double least, double most)
    {
        int[] labelled = most - least < 3 ? [1, 2, 5] : [1];
        for (int power = (int)Math.Floor(least); power <= (int)Math.Ceiling(most); power++)
        {
            for (int digit = 1; digit <= 9; digit++)
                yield return (power + Math.Log10(digit), labelled.Contains(digit) ? Label(digit, power) : null);
        }
    }

    private static string Label(int digit, int power) =>
        power is >= -3 and <= 4 ? (digit * Math.Pow(10, power)).ToString("0.###") : $"{digit}e{power}";
}
