namespace Morula.Options;

/// <summary>A range in words: open ends are left out.</summary>
internal static class RangeWords
{
    public static string Of(RangeAttribute range)
    {
        if (IsOpen(range.Most)) return $"at least {Number(range.Least)}";
        return IsOpen(range.Least) ? $"at most {Number(range.Most)}" : $"between {Number(range.Least)} and {Number(range.Most)}";
    }

    // The largest int, long, float and double all say "no bound".
    private static bool IsOpen(double end) => Math.Abs(end) >= int.MaxValue;

    private static string Number(double value) => value.ToString("0.##########");
}
