namespace Morula.Tracking;

/// <summary>What is known of the cells of two frames beside their shape, by their places in the lists of their frames; null: nothing.</summary>
/// <param name="Divides">Probability that a cell of the earlier frame divides.</param>
/// <param name="Born">Probability that a cell of the later frame is born.</param>
/// <param name="Same">Probability that two are the same cell.</param>
internal sealed record PairEvidence(Func<int, double?> Divides, Func<int, double?> Born, Func<int, int, double?> Same)
{
    /// <summary>What is known of two frames of a movie; of frames with one between them only whether the earlier cells divide.</summary>
    public static PairEvidence Of(MovieCells movie, LinkEvidence evidence, int from, int to)
    {
        FrameCells before = movie.Frames[from], after = movie.Frames[to];
        double? Divides(int place) => evidence.Division(before.Number, before.Cells[place].Label);
        if (to > from + 1) return new PairEvidence(Divides, _ => null, (_, _) => null);
        return new PairEvidence(
            Divides,
            place => evidence.Birth(after.Number, after.Cells[place].Label),
            (one, other) => evidence.Link(before.Number, before.Cells[one].Label, after.Cells[other].Label));
    }
}
