namespace Morula.Tracking;

/// <summary>What is known of single cells beside their shape, such as what a network says; cells that are not named count as usual ones.</summary>
public sealed record LinkEvidence
{
    /// <summary>Probability in [0, 1] that a cell, by frame number and label, divides before the next frame.</summary>
    public IReadOnlyDictionary<(int Frame, int Label), double> Divisions { get; init; } = new Dictionary<(int Frame, int Label), double>();

    /// <summary>Probability in [0, 1] that a label is a cell at all; labels in this table may be dismissed, others never are.</summary>
    public IReadOnlyDictionary<(int Frame, int Label), double> Cells { get; init; } = new Dictionary<(int Frame, int Label), double>();

    /// <summary>Probability in [0, 1] that a cell, by frame number and label, is born of a mother who was there in the frame before.</summary>
    public IReadOnlyDictionary<(int Frame, int Label), double> Births { get; init; } = new Dictionary<(int Frame, int Label), double>();

    /// <summary>
    /// Probability in [0, 1] that a cell, by frame number and label, is the one of another label in the next frame. Where this says anything at
    /// all, pairs that are missing have the probability 0, if their earlier cell is in <see cref="Divisions"/>.
    /// </summary>
    public IReadOnlyDictionary<(int Frame, int Label, int Next), double> Links { get; init; } = new Dictionary<(int Frame, int Label, int Next), double>();

    /// <summary>The probability that a cell is born, or null where nothing is known.</summary>
    internal double? Birth(int frame, int label) => Births.TryGetValue((frame, label), out double chance) ? chance : null;

    /// <summary>The probability that two labels are one cell, or null where nothing is known.</summary>
    internal double? Link(int frame, int label, int next) =>
        Links.TryGetValue((frame, label, next), out double chance) ? chance : Links.Count > 0 && Divisions.ContainsKey((frame, label)) ? 0 : null;

    /// <summary>The probability that a cell divides, or null where nothing is known.</summary>
    internal double? Division(int frame, int label) => Divisions.TryGetValue((frame, label), out double chance) ? chance : null;

    /// <summary>The probability that a label is a cell, or null where it surely is one.</summary>
    internal double? Cell(int frame, int label) => Cells.TryGetValue((frame, label), out double chance) ? chance : null;
}
