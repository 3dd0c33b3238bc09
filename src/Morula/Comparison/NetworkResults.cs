using Morula.Training;

namespace Morula.Comparison;

/// <summary>One row of a comparison: a network with all its trainings, or the classical segmentation.</summary>
/// <param name="Name">Of the network.</param>
/// <param name="Results">One per seed.</param>
/// <param name="Logs">The log of each training; none for the classical segmentation.</param>
/// <param name="Sittings">When each training was begun and resumed.</param>
internal sealed record NetworkResults(
    string Name, IReadOnlyList<MemberResult> Results, IReadOnlyList<IReadOnlyList<LogLine>> Logs, IReadOnlyList<IReadOnlyList<DateTimeOffset>> Sittings)
{
    public bool IsClassical => Name == ComparisonPlan.Classical;

    /// <summary>The values of a score over the seeds.</summary>
    public Spread Score(string name) => Spread.Of(Results.Select(result => result.Scores.GetValueOrDefault(name)));

    /// <summary>The values of a cost over the seeds.</summary>
    public Spread Of(Func<MemberResult, double?> value) => Spread.Of(Results.Select(value));
}
