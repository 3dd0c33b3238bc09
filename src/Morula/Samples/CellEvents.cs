namespace Morula.Samples;

/// <summary>What befalls a cell inside a clip.</summary>
[Flags]
public enum CellEvents
{
    /// <summary>It is neither born nor divides there.</summary>
    None = 0,

    /// <summary>Its mother is seen in the frame before its first.</summary>
    Born = 1,

    /// <summary>Its daughters are seen in the frame behind its last.</summary>
    Divides = 2,
}
