namespace Morula.Fitting;

/// <summary>One option that a data set asks for.</summary>
/// <param name="Key">Whole name, such as Samples.Spacing.</param>
/// <param name="Value">As an options file would say it.</param>
/// <param name="Reason">What was seen and why this follows, in one line.</param>
public sealed record Advice(string Key, string Value, string Reason);
