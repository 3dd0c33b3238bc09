using System.Globalization;

namespace Morula.Runs;

/// <summary>Numbers as they stand on pages.</summary>
internal static class ReportNumber
{
    private const double Large = 100;

    /// <summary>A measure with as many digits as a reader wants: whole above 100, else one or two decimals.</summary>
    public static string Of(double value) => value.ToString(Math.Abs(value) >= Large ? "#,0" : Math.Abs(value) >= 1 ? "0.0" : "0.##", CultureInfo.InvariantCulture);

    /// <summary>A score with three decimals; empty where there is none.</summary>
    public static string Score(double? value) => value is { } score && double.IsFinite(score) ? score.ToString("0.000", CultureInfo.InvariantCulture) : string.Empty;

    /// <summary>A number of things.</summary>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>The number with its word, such as 1 cell or 3 cells.</summary>
    public static string Count(long value, string word) => $"{Count(value)} {word}{(value == 1 ? string.Empty : "s")}";

    /// <summary>A duration, such as 3 min 12 s.</summary>
    public static string Duration(TimeSpan time) => time.TotalMinutes < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s")
        : time.TotalHours < 1 ? $"{time.Minutes} min {time.Seconds} s" : $"{(int)time.TotalHours} h {time.Minutes} min";
}
