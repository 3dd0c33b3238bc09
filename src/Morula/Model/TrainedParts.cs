namespace Morula.Model;

/// <summary>Which parts of the network a step teaches.</summary>
public enum TrainedParts
{
    /// <summary>Everything at once.</summary>
    All,

    /// <summary>Backbone, pyramid and proposal network: the first of two phases.</summary>
    Proposals,

    /// <summary>The region heads, on live proposals of the frozen rest: the second of two phases.</summary>
    Regions,
}
