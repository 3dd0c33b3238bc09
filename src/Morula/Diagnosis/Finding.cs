namespace Morula.Diagnosis;

/// <summary>What one look at the machine has found.</summary>
/// <param name="Subject">What was looked at, in a word or two.</param>
/// <param name="State">How grave it is.</param>
/// <param name="Found">What was found, in one line.</param>
/// <param name="Mend">What to do about it, in one line; empty where all is well.</param>
public sealed record Finding(string Subject, FindingState State, string Found, string Mend = "");
