using Morula.Options;
using Morula.Runs;
using Morula.Samples;

namespace Morula.Comparison;

/// <summary>Which networks are compared, on what, and under which conditions. The split of the data is one for all.</summary>
/// <param name="Data">Folder or index file of the data set, full path.</param>
/// <param name="Members">The networks, at least one.</param>
/// <param name="Seeds">Seeds of the trainings of each network.</param>
/// <param name="Notes">What the reader should know of conditions that are not the same.</param>
public sealed record ComparisonPlan(string Data, IReadOnlyList<PlannedMember> Members, IReadOnlyList<int> Seeds, IReadOnlyList<string> Notes)
{
    /// <summary>Name of the row of the segmentation without learning.</summary>
    public const string Classical = "classical";

    // More than any training takes: with a budget of minutes the clock alone ends it.
    internal const int EndlessSteps = 100_000_000;

    /// <summary>Makes a plan.</summary>
    /// <param name="sources">Options files or presets, one per network.</param>
    /// <param name="data">Folder or index file of the data set.</param>
    /// <param name="conditions">What holds for all.</param>
    /// <returns>The plan and the data set, split as the options of the first network say.</returns>
    /// <exception cref="OptionsException">The networks or the conditions do not fit.</exception>
    public static (ComparisonPlan Plan, DataSet Data) Create(IReadOnlyList<string> sources, string data, ComparisonConditions conditions)
    {
        Require(conditions);
        if (sources.Count == 0) throw new OptionsException("compare", "no network is named; give options files or presets.");
        PlannedMember[] asked = [.. sources.Select(source => new PlannedMember(NameOf(source), OptionsCheck.Require(MorulaOptions.Read(source, conditions.Overrides))))];
        RequireNames(asked);
        PlannedMember[] budgeted = [.. asked.Select(member => member with { Options = Budget(member.Options, conditions) })];
        RequireOneBudget(budgeted);
        MorulaOptions first = budgeted[0].Options;
        DataSet split = DataSet.Open(data, first.Samples, first.Training.Seed);
        if (HeldOut(split) is null)
            throw new OptionsException(data, "no image is held out to judge on; name some in Samples.Test or Samples.Validation, or raise Samples.ValidationShare.");
        int[] seeds = [.. Enumerable.Range(first.Training.Seed, conditions.Seeds)];
        var plan = new ComparisonPlan(Path.GetFullPath(data), [.. budgeted.Select(WithoutSplit)], seeds, OptionDifferences.Notes(budgeted));
        return (plan, split);
    }

    /// <summary>The split that networks are judged on: test where it has images, else validation; null where both are empty.</summary>
    public static Split? HeldOut(DataSet data) =>
        data.Of(Split.Test).Count > 0 ? Split.Test : data.Of(Split.Validation).Count > 0 ? Split.Validation : null;

    private static string NameOf(string source) => Presets.All.ContainsKey(source) ? source : Path.GetFileNameWithoutExtension(source);

    private static void Require(ComparisonConditions conditions)
    {
        if (conditions is { Steps: not null, Minutes: not null }) throw new OptionsException("compare", "--steps and --minutes are both given; the budget is one of them.");
        if (conditions.Steps < 1) throw new OptionsException("--steps", $"{conditions.Steps} steps; at least 1 is expected.");
        if (conditions.Minutes is { } minutes && !(minutes > 0 && double.IsFinite(minutes))) throw new OptionsException("--minutes", $"{minutes} minutes; a positive number is expected.");
        if (conditions.Seeds is < 1 or > 1000) throw new OptionsException("--seeds", $"{conditions.Seeds} seeds; 1 to 1000 are expected.");
        if (conditions.Threads is < 0 or > 4096) throw new OptionsException("--threads", $"{conditions.Threads} threads; 0 (all) to 4096 are expected.");
    }

    private static void RequireNames(PlannedMember[] members)
    {
        string[] names = [.. members.Select(member => member.Name), Classical];
        string? twice = names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is null) return;
        throw new OptionsException(twice, string.Equals(twice, Classical, StringComparison.OrdinalIgnoreCase)
            ? "is the name of the row without learning; rename the options file."
            : "two networks have this name; rename one of the options files.");
    }

    private static void RequireOneBudget(PlannedMember[] members)
    {
        PlannedMember? other = Array.Find(members, member => Budget(member) != Budget(members[0]));
        if (other is not null)
            throw new OptionsException("compare", $"{members[0].Name} plans {Budget(members[0])} but {other.Name} {Budget(other)}; give --steps or --minutes for all.");

        static string Budget(PlannedMember member) =>
            $"{member.Options.Training.Steps} steps{(member.Options.Training.Minutes > 0 ? $" or {member.Options.Training.Minutes} minutes" : string.Empty)}";
    }

    private static MorulaOptions Budget(MorulaOptions options, ComparisonConditions conditions) => options with
    {
        Training = options.Training with
        {
            Steps = conditions.Steps ?? (conditions.Minutes is null ? options.Training.Steps : EndlessSteps),
            Minutes = conditions.Minutes ?? (conditions.Steps is null ? options.Training.Minutes : 0),
            Threads = conditions.Threads,
        },
    };

    // The split is written down once, for all networks and seeds.
    private static PlannedMember WithoutSplit(PlannedMember member) => member with
    {
        Options = member.Options with
        {
            Samples = member.Options.Samples with { Training = [], Validation = [], Test = [], Exclude = [], ValidationShare = 0 },
        },
    };
}
