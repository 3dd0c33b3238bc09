using Morula.Options;

namespace Morula.Comparison;

/// <summary>Options in which networks of a comparison differ.</summary>
internal static class OptionDifferences
{
    private static readonly string[] SplitKeys = ["Samples.Training", "Samples.Validation", "Samples.Test", "Samples.Exclude", "Samples.ValidationShare"];

    // How much is kept in memory changes no sample.
    private const string CacheKey = "Samples.CacheMegabytes";

    private const string RankKey = "Model.Rank";

    /// <summary>Keys with one value per network, in the order of the options, where not all values are the same.</summary>
    public static IReadOnlyList<(string Key, IReadOnlyList<string> Values)> Of(IReadOnlyList<PlannedMember> members)
    {
        IReadOnlyList<OptionRow>[] rows = [.. members.Select(member => OptionsDescription.Of(member.Options))];
        Dictionary<string, string>[] tables = [.. rows.Select(table => table.DistinctBy(row => row.Key).ToDictionary(row => row.Key, row => row.Default, StringComparer.Ordinal))];
        return [.. rows.SelectMany(table => table).Select(row => row.Key).Distinct(StringComparer.Ordinal)
            .Where(key => key != nameof(MorulaOptions.Preset))
            .Select(key => (key, (IReadOnlyList<string>)[.. tables.Select(table => table.GetValueOrDefault(key, "-"))]))
            .Where(row => row.Item2.Distinct(StringComparer.Ordinal).Count() > 1)];
    }

    /// <summary>Sentences on samples and split where they are not asked for alike.</summary>
    public static IReadOnlyList<string> Notes(IReadOnlyList<PlannedMember> members)
    {
        string[] keys = [.. Of(members).Select(row => row.Key)];
        string[] split = [.. keys.Where(SplitKeys.Contains)];
        string[] samples = [.. keys.Where(key => key.StartsWith("Samples.", StringComparison.Ordinal) && key != CacheKey && !SplitKeys.Contains(key))];
        var notes = new List<string>();
        if (split.Length > 0)
            notes.Add($"The networks ask for different splits ({string.Join(", ", split)}); that of {members[0].Name} holds for all.");
        if (samples.Length > 0)
            notes.Add($"The networks see different samples: their options differ in {string.Join(", ", samples)}.");
        if (keys.Contains(RankKey))
            notes.Add($"The networks see different numbers of axes ({RankKey}): one of rank 4 is shown clips of several frames where others are shown single ones, and a megavoxel is one of images for both.");
        if (keys.Contains("Training.BatchSize"))
            notes.Add("The networks take different numbers of samples a step (Training.BatchSize), in the same order.");
        return notes;
    }
}
