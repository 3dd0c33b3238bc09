namespace Morula.Evaluation;

/// <summary>What is wrong with a link between two cells of a tracked movie.</summary>
public enum LinkFault
{
    /// <summary>A true link without a found one between the same cells.</summary>
    Missing,

    /// <summary>A found link, between two cells that are known, without a true one.</summary>
    Extra,

    /// <summary>A found link within a track where the true one leads from a mother to her daughter, or the other way round.</summary>
    Wrong,
}
