using Morula.Options;

namespace Morula.Cli;

/// <summary>Prints options as a table of plain columns, one line an option.</summary>
internal static class OptionsTable
{
    private const int WidestDefault = 40;

    public static void Print(TextWriter output, IReadOnlyList<OptionRow> rows)
    {
        string[][] cells = [["Option", "Default", "Type", "Range"], .. rows.Select(row => new[] { row.Key, Short(row.Default), row.Type, row.Range })];
        int[] widths = [.. Enumerable.Range(0, 3).Select(column => cells.Max(row => row[column].Length))];
        foreach (string[] row in cells)
            output.WriteLine($"{row[0].PadRight(widths[0])}  {row[1].PadRight(widths[1])}  {row[2].PadRight(widths[2])}  {row[3]}".TrimEnd());
    }

    private static string Short(string text) => text.Length <= WidestDefault ? text : $"{text[..(WidestDefault - 3)]}...";
}
