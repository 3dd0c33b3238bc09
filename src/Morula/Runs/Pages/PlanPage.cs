using Morula.Planning;
using Morula.Reports;

namespace Morula.Runs;

/// <summary>Foretold memory as a table and as a page.</summary>
public static class PlanPage
{
    private const double Mebibyte = 1048576;

    /// <summary>Names of the columns of <see cref="Rows"/>.</summary>
    public static IReadOnlyList<string> Header(PlanOutcome outcome) =>
        ["MiB at the peak of", "a step", .. outcome.Validation is null ? [] : new[] { "validation" }, "a prediction"];

    /// <summary>Stage by stage what is alive at the peaks, the sums, and when they are.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Rows(PlanOutcome outcome)
    {
        MemoryPlan[] plans = [.. Plans(outcome).Select(entry => entry.Plan)];
        string[] stages = [.. plans.SelectMany(plan => plan.Moments.SelectMany(moment => moment.Stages.Keys).Concat(plan.StagesAtPeak.Keys)).Distinct()
            .Where(stage => plans.Any(plan => plan.StagesAtPeak.GetValueOrDefault(stage) > 0))];
        return
        [
            .. stages.Select(stage => Row(stage, plan => Number(plan.StagesAtPeak.GetValueOrDefault(stage)))),
            Row("total", plan => Number(plan.Peak)),
            Row("when", plan => plan.PeakMoment),
        ];

        IReadOnlyList<string> Row(string name, Func<MemoryPlan, string> cell) => [name, .. plans.Select(cell)];
    }

    /// <summary>Writes a page with the table and a picture of every course.</summary>
    public static void Write(PlanOutcome outcome, string path)
    {
        var page = new Page("Morula: memory");
        page.Paragraph("Foretold from the options alone: every tensor is booked from birth to end, and the rest of the process beside them.");
        page.Section("At the peak").Table(Header(outcome), Rows(outcome));
        foreach (var (name, plan) in Plans(outcome)) page.Section(name).Figure(Draw(plan), $"{name}: memory behind every part of it, by stage.");
        page.Options(Morula.Options.OptionsFile.Write(outcome.Options));
        page.Save(path);
    }

    private static IEnumerable<(string Name, MemoryPlan Plan)> Plans(PlanOutcome outcome)
    {
        yield return ("A training step", outcome.Step);
        if (outcome.Validation is not null) yield return ("Validation", outcome.Validation);
        yield return ("A prediction", outcome.Prediction);
    }

    private static byte[] Draw(MemoryPlan plan)
    {
        string[] stages = [.. plan.Moments.SelectMany(moment => moment.Stages).Where(entry => entry.Value > 0).Select(entry => entry.Key).Distinct()];
        return StackFigure.Draw(
            string.Empty, "MiB", [.. plan.Moments.Select(moment => moment.Name)],
            [.. stages.Select(stage => (stage, plan.Moments.Select(moment => moment.Stages.GetValueOrDefault(stage) / Mebibyte).ToArray()))]);
    }

    private static string Number(long bytes) => bytes == 0 ? string.Empty : (bytes / Mebibyte).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);
}
