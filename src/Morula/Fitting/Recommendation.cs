namespace Morula.Fitting;

/// <summary>Options for a data set, with reasons.</summary>
/// <param name="Options">A preset with all advice applied.</param>
/// <param name="Seen">What was looked at, in one line.</param>
/// <param name="Advice">What differs from the preset, or stays as it is for a reason.</param>
public sealed record Recommendation(MorulaOptions Options, string Seen, IReadOnlyList<Advice> Advice)
{
    /// <summary>As an options file: sections and keys, above each key its reason as a comment.</summary>
    public string ToFile() => AdviceFile.Compose(this);

    /// <summary>As JSON for other programs: what was seen, and key, value and reason of each advice.</summary>
    public string ToJson() => AdviceJson.Compose(this);
}
