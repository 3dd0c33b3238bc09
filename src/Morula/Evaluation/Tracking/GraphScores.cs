namespace Morula.Evaluation;

/// <summary>
/// DET, LNK and TRA of the Cell Tracking Challenge (Matula et al. 2015; Maška et al. 2023): what it costs to mend the graph of found
/// cells and links into the true one. Only found links between two cells that each hold exactly one true cell are judged.
/// </summary>
/// <param name="Cells">Counts of cells over all frames.</param>
/// <param name="TrueLinks">Links of the true graph.</param>
/// <param name="MissingLinks">True links without a found link between the same cells.</param>
/// <param name="ExtraLinks">Judged found links without a true link between the same cells.</param>
/// <param name="WrongLinks">Judged found links that are track links where the true one is a parent link, or the other way round.</param>
public sealed record GraphScores(TrackingChallengeScores Cells, long TrueLinks, long MissingLinks, long ExtraLinks, long WrongLinks)
{
    private const double MissingWeight = 1.5;
    private const double ExtraWeight = 1;
    private const double WrongWeight = 1;

    /// <summary>Detection: 1 - min(D, D0) / D0 of the cells alone; null without true cells.</summary>
    public double? Det => Cells.Det;

    /// <summary>Linking: 1 - min(L, L0) / L0, where L weighs the links to add (1.5), delete (1) and mend (1) and L0 adds all of them; null without true links.</summary>
    public double? Lnk => Share(LinkWork, LinksFromNothing);

    /// <summary>Tracking: 1 - min(A, A0) / A0, where A = D + L and A0 = D0 + L0; null without true cells.</summary>
    public double? Tra => Share(Cells.Work + LinkWork, Cells.WorkFromNothing + LinksFromNothing);

    private double LinkWork => (MissingWeight * MissingLinks) + (ExtraWeight * ExtraLinks) + (WrongWeight * WrongLinks);

    private double LinksFromNothing => MissingWeight * TrueLinks;

    internal static GraphScores Of(MovieMatch match, IReadOnlyList<LinkError> errors, TrackingChallengeScores cells)
    {
        return new GraphScores(cells, match.Truth.Links.Count(), Count(LinkFault.Missing), Count(LinkFault.Extra), Count(LinkFault.Wrong));

        int Count(LinkFault fault) => errors.Count(error => error.Fault == fault);
    }

    private static double? Share(double work, double fromNothing) => fromNothing == 0 ? null : 1 - (Math.Min(work, fromNothing) / fromNothing);
}
