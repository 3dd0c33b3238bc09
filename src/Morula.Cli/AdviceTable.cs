using Morula.Fitting;

namespace Morula.Cli;

/// <summary>Prints advice as plain columns: key, value, reason.</summary>
internal static class AdviceTable
{
    public static void Print(TextWriter output, IReadOnlyList<Advice> advice)
    {
        (string Key, string Value, string Reason)[] rows = [("Option", "Value", "Reason"), .. advice.Select(one => (one.Key, one.Value, one.Reason))];
        int key = rows.Max(row => row.Key.Length), value = rows.Max(row => row.Value.Length);
        foreach (var row in rows) output.WriteLine($"{row.Key.PadRight(key)}  {row.Value.PadRight(value)}  {row.Reason}");
    }
}
