namespace Morula.Baseline;

/// <summary>What is bright in an image of cells.</summary>
public enum Polarity
{
    /// <summary>Membranes are bright: a cell is a basin within ridges.</summary>
    BrightBoundary,

    /// <summary>Cells are bright inside: a cell is a summit.</summary>
    BrightObject,
}
