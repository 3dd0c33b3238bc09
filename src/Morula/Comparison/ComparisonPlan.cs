using Morula.Formats;
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

    /// <summary>Whether the held-out images are frames of a movie with known tracks, which every network predicts and is judged on as a whole.</summary>
    public bool AsMovie { get; init; }

    // More than any training takes: with a budget of minutes the clock alone ends it.
    internal const int EndlessSteps = 100_000_000;

    /// <summary>Makes a plan.</summary>
    /// <param name="sources">Options files or presets, one per network.</param>
    /// <param name="data">Folder or index file of the data set.</param>
    /// <param name="conditions">What holds for all.</param>
    /// <returns>The plan and the data set, split as the options of the first network say.</returns>
    /// <exception cref="OptionsException">The networks or the conditions do not fit, or a network that sees movies would be judged on images that are none.</exception>
    /// <exception cref="VolumeFormatException">The data set or a held-out image cannot be read.</exception>
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
        Split heldOut = HeldOut(split)
            ?? throw new OptionsException(data, "no image is held out to judge on; name some in Samples.Test or Samples.Validation, or raise Samples.ValidationShare.");
        string? obstacle = MovieObstacle.Of(split, heldOut, budgeted);
        if (obstacle is not null) RequireNoMovie(budgeted, split.Of(heldOut), obstacle);
        int[] seeds = [.. Enumerable.Range(first.Training.Seed, conditions.Seeds)];
        string[] notes = [.. OptionDifferences.Notes(budgeted), .. obstacle is null || split.LineageOf(heldOut) is null ? Array.Empty<string>() : [$"Tracks are not judged, since the held-out images are no movie: {obstacle}."]];
        return (new ComparisonPlan(Path.GetFullPath(data), [.. budgeted.Select(WithoutSplit)], seeds, notes) { AsMovie = obstacle is null }, split);
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

    // Files that have a time axis of their own are judged one by one, as all images are.
    private static void RequireNoMovie(PlannedMember[] members, IReadOnlyList<Pair> heldOut, string obstacle)
    {
        PlannedMember? seesMovies = Array.Find(members, member => member.Options.Model.Rank > 3);
        if (seesMovies is null || heldOut.All(pair => VolumeFile.ReadInfo(pair.ImagePath).Frames > 1)) return;
        throw new OptionsException(
            seesMovies.Name, $"sees movies (Model.Rank {seesMovies.Options.Model.Rank}), but the held-out images cannot be judged as one: {obstacle}; hold out frames that follow each other (Samples.Test, such as t040..t049) of a movie with tracks, or leave {seesMovies.Name} out.");
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
