using System.Globalization;
using Morula.Baseline;
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
        string seeds = plan.Seeds.Count == 1 ? $"once, with seed {plan.Seeds[0]}" : $"with the seeds {string.Join(", ", plan.Seeds)}";
        yield return $"{Counted(plan.Members.Count, "network")} ({string.Join(", ", plan.Members.Select(member => member.Name))}), each trained {seeds}, in a process of its own, one after another.";
        int count = results.Images.Pairs.Count;
        string images = results.HeldOut == Split.Test
            ? Counted(count, "test image")
            : $"{Counted(count, "validation image")}, which also chose the best checkpoint: there is no test image";
        yield return $"Data set: {Path.GetFileName(plan.Data.TrimEnd(Path.DirectorySeparatorChar))}; {Counted(results.TrainingImages, "training image")}, judged on {images}.";
        if (results.Images.Movie is { } movie)
            yield return $"The held-out images are the frames {movie.Numbers[0]} to {movie.Numbers[^1]} of a movie. Each network, and the classical segmentation, predicts it as a whole, its cells linked into tracks; image scores are those of its frames.";
        yield return $"Budget of a training: {Budget(training)}; {(training.Threads == 0 ? "all processor threads" : Counted(training.Threads, "processor thread"))}.";
        if (plan.Members.All(member => member.Options.Model.Rank == plan.Members[0].Options.Model.Rank))
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

    private static string Counted(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static string Budget(TrainingOptions training) => training.Minutes > 0
        ? $"{training.Minutes.ToString("0.##", CultureInfo.InvariantCulture)} minutes on the clock{(training.Steps < ComparisonPlan.EndlessSteps ? $" or {training.Steps} steps" : string.Empty)}"
        : $"{training.Steps} steps";

    private static string Classical(ClassicalChoice choice) => string.Create(
        CultureInfo.InvariantCulture,
        $"The classical row is Gaussian smoothing, h-minima and seeded watershed. Its parameters were tuned on {Counted(choice.Images.Count, "training image")} ({string.Join(", ", choice.Images)}), "
        + $"{choice.Tried} settings: {(choice.Options.Polarity == Polarity.BrightObject ? "bright cells" : "bright boundaries")}, smoothing {choice.Options.Sigma} voxels of the finest axis, "
        + $"depth {choice.Options.Depth} and foreground above {choice.Options.Foreground} of the range between the percentiles, "
        + $"smallest cell {choice.Options.SmallestVoxels} voxels (score {choice.Score:0.000} there). Every cell is given the most frequent class of the training images, {choice.Class}.");
}
