namespace Morula.Diagnosis;

/// <summary>How grave a finding is.</summary>
public enum FindingState
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Works, but may disappoint.</summary>
    Warning,

    /// <summary>Something will not work.</summary>
    Failure,
}
