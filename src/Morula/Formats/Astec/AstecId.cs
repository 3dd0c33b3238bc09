namespace Morula.Formats;

/// <summary>How ASTEC numbers the cells of a movie: frame x 10,000 + label, where label 1 is the background.</summary>
internal static class AstecId
{
    /// <summary>Label of what is no cell.</summary>
    public const int Background = 1;

    /// <summary>Smallest label of a cell.</summary>
    public const int FirstLabel = 2;

    /// <summary>Number of cells that the labels of a frame can tell apart.</summary>
    public const int MostCells = PerFrame - FirstLabel;

    private const int PerFrame = 10_000;

    /// <summary>The number of a cell.</summary>
    public static long Of(int frame, int label) => ((long)frame * PerFrame) + label;

    /// <summary>The frame of a cell.</summary>
    public static int FrameOf(long cell) => (int)(cell / PerFrame);

    /// <summary>The label of a cell in its frame.</summary>
    public static int LabelOf(long cell) => (int)(cell % PerFrame);
}
