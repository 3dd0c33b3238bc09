namespace Morula.Options;

/// <summary>One option in words, for a table.</summary>
/// <param name="Key">Full key path such as Train.Steps; [] stands after the name of a list of sections.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Default">Its default, as a file would say it.</param>
/// <param name="Range">The values it may take; empty where any will do.</param>
public sealed record OptionRow(string Key, string Type, string Default, string Range);
