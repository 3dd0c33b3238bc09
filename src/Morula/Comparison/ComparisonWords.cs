using System.Globalization;
using Morula.Samples;
using Morula.Training;

namespace Morula.Comparison;

/// <summary>What a comparison says of itself in sentences.</summary>
internal static class ComparisonWords
{
    /// <summary>Conditions, one sentence a line.</summary>
    public static IEnumerable<string> Conditions(ComparisonResults results)
    {
        ComparisonPlan plan = results.Plan;
        TrainingOptions training = plan.Members[0].Options.Training;
        yield return $"{plan.Members.Count} {(plan.Members.Count == 1 ? "network" : "networks")} ({string.Join(", ", plan.Members.Select(member => member.Name))}), each trained "
            + $"{(plan.Seeds.Count == 1 ? $"once, with seed {plan.Seeds[0]}" : $"with the seeds {string.Join(", ", plan.Seeds)}")}, in a process of its own, one after another.";
        yield return $"Data set: {Path.GetFileName(plan.Data.TrimEnd(Path.DirectorySeparatorChar))}; {results.TrainingImages} training images, judged on {results.Pairs.Count} "
            + $"{(results.HeldOut == Split.Test ? "test" : "validation")} {(results.Pairs.Count == 1 ? "image" : "images")}{(results.HeldOut == Split.Test ? "." : ", which also chose the best checkpoint: there is no test image.")}";
        yield return $"Budget of a training: {Budget(training)}; {(training.Threads == 0 ? "all processor threads" : $"{training.Threads} processor {(training.Threads == 1 ? "thread" : "threads")}")}.";
        yield return "Every network sees the same samples in the same order: a sample is a function of the data set, the Samples options, the seed and its index.";
        foreach (string note in plan.Notes) yield return note;
        if (results.Rows[^1].Results[0].Choice is { } choice) yield return Classical(choice);
    }

    /// <summary>Machines and versions, as the processes stated them, each once.</summary>
    public static IEnumerable<string> Machines(ComparisonResults results) => results.Rows
        .SelectMany(row => row.Results).SelectMany(result => result.Machine.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        .Select(line => line.TrimStart('-', ' '))
        .Where(line => !line.StartsWith("date", StringComparison.Ordinal) && !line.StartsWith("load", StringComparison.Ordinal))
        .Distinct(StringComparer.Ordinal);

    private static string Budget(TrainingOptions training) => training.Minutes > 0
        ? $"{training.Minutes.ToString("0.##", CultureInfo.InvariantCulture)} minutes on the clock{(training.Steps < 100_000_000 ? $" or {training.Steps} steps" : string.Empty)}"
        : $"{training.Steps} steps";

    private static string Classical(ClassicalChoice choice) => string.Create(
        CultureInfo.InvariantCulture,
        $"The classical row is Gaussian smoothing, h-minima and seeded watershed. Its parameters were tuned on {choice.Images.Count} training images ({string.Join(", ", choice.Images)}), "
        + $"{choice.Tried} settings: {(choice.Options.Polarity == Baseline.Polarity.BrightObject ? "bright cells" : "bright boundaries")}, smoothing {choice.Options.Sigma} voxels, depth {choice.Options.Depth}, foreground above {choice.Options.Foreground}, "
        + $"smallest cell {choice.Options.SmallestVoxels} voxels (score {choice.Score:0.000} there). Every cell is given the most frequent class of the training images, {choice.Class}.");
}
