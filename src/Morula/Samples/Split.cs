namespace Morula.Samples;

/// <summary>What the images of a data set are used for.</summary>
public enum Split
{
    /// <summary>The network learns from them.</summary>
    Training,

    /// <summary>They choose the best network and the thresholds.</summary>
    Validation,

    /// <summary>They are touched once, at the end.</summary>
    Test,
}
