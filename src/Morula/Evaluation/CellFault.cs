namespace Morula.Evaluation;

/// <summary>What is wrong with a true or a found cell of one image.</summary>
public enum CellFault
{
    /// <summary>A true cell that no found cell holds, or whose finder lies elsewhere.</summary>
    Missed,

    /// <summary>A found cell that lies in no true cell and holds none.</summary>
    Extra,

    /// <summary>A true cell that is found in several pieces, and each of these.</summary>
    Split,

    /// <summary>A found cell that holds several true ones, and each of these.</summary>
    Merged,
}
