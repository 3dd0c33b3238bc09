namespace Morula.Evaluation;

/// <summary>A link of a tracked movie that is not as it should be.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="FirstFrame">Frame of the earlier cell.</param>
/// <param name="LastFrame">Frame of the later cell.</param>
/// <param name="FromId">Track of the earlier cell: a true one where the link is missing, else a found one.</param>
/// <param name="ToId">Track of the later cell, likewise.</param>
/// <param name="IsParental">Whether this link leads from a mother to her daughter.</param>
public sealed record LinkError(LinkFault Fault, int FirstFrame, int LastFrame, int FromId, int ToId, bool IsParental)
{
    /// <summary>All that is wrong with the links, by frame of the later cell.</summary>
    internal static IReadOnlyList<LinkError> Of(MovieMatch match)
    {
        var errors = new List<LinkError>();
        foreach (CellLink link in match.Truth.Links)
        {
            if (match.FoundOf(link) is null) errors.Add(Make(LinkFault.Missing, link));
        }

        foreach (CellLink link in match.Found.Links)
        {
            if (match.TruthOf(link.From) is null || match.TruthOf(link.To) is null) continue;
            CellLink? truth = match.TruthOf(link);
            if (truth is null) errors.Add(Make(LinkFault.Extra, link));
            else if (truth.Value.IsParental != link.IsParental) errors.Add(Make(LinkFault.Wrong, link));
        }

        return [.. errors.OrderBy(error => error.LastFrame).ThenBy(error => error.Fault).ThenBy(error => error.FromId).ThenBy(error => error.ToId)];
    }

    private static LinkError Make(LinkFault fault, CellLink link) => new(fault, link.From.Frame, link.To.Frame, link.From.Id, link.To.Id, link.IsParental);
}
