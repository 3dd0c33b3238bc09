namespace Morula.Reports;

/// <summary>Numbers that read well on a scale.</summary>
internal static class RoundNumber
{
    /// <summary>The largest of 1, 2 and 5 times a power of ten that is not above a positive value.</summary>
    public static double Below(double value)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return (value / power) switch { >= 5 => 5 * power, >= 2 => 2 * power, _ => power };
    }
}
