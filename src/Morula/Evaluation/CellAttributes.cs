namespace Morula.Evaluation;

/// <summary>What is known of the cells of a label volume beside their voxels, by label.</summary>
public sealed class CellAttributes
{
    /// <summary>Nothing is known: every score is 1 and classes play no part.</summary>
    public static CellAttributes None { get; } = new();

    /// <summary>Confidence of each predicted cell; larger is surer. Null where all cells are equally sure (score 1).</summary>
    public IReadOnlyDictionary<int, double>? Scores { get; init; }

    /// <summary>Class of each cell by name; null where there are no classes.</summary>
    public IReadOnlyDictionary<int, string>? Classes { get; init; }

    /// <summary>Score of a cell: 1 where no scores are known, 0 where only this cell's is missing, which ranks it last.</summary>
    public double ScoreOf(int label) => Scores is null ? 1 : Scores.GetValueOrDefault(label, 0);

    /// <summary>Class of a cell; null where it has none.</summary>
    public string? ClassOf(int label) => Classes?.GetValueOrDefault(label);
}
