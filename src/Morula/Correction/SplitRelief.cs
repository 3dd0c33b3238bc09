namespace Morula.Correction;

/// <summary>What the flood that splits a cell follows.</summary>
public enum SplitRelief
{
    /// <summary>The shape of the cell: parts meet where it is narrow.</summary>
    Shape,

    /// <summary>The image: parts meet where it is bright, as membranes are.</summary>
    Membrane,
}
