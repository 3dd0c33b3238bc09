using Morula.Volumes;

namespace Morula.Reports;

/// <summary>Cells whose outlines are laid over a plane.</summary>
/// <param name="Labels">Rank 2.</param>
/// <param name="Colour">Of all outlines.</param>
/// <param name="Chosen">The cells that the picture is about: their outlines are strong, those of all others thin and faint.</param>
internal sealed record Outline(LabelVolume Labels, LabelColour Colour, IReadOnlySet<int> Chosen)
{
    /// <summary>Width of strong outlines in pixels; of two that run along each other the lower one is to be wider. Default 3.</summary>
    public int Width { get; init; } = 3;

    /// <summary>Blue of Okabe and Ito (2008), for what is true.</summary>
    public static readonly LabelColour Truth = new(0x56, 0xB4, 0xE9);

    /// <summary>Orange of Okabe and Ito (2008), for what was found.</summary>
    public static readonly LabelColour Found = new(0xE6, 0x9F, 0x00);
}
