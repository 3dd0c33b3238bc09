using System.Globalization;
using Morula.Evaluation;
using Morula.Measuring;
using Morula.Reports;

namespace Morula.Runs;

/// <summary>Scores on a page.</summary>
internal static class EvaluationPage
{
    private const double Half = 0.5;
    private const int MostRows = 500;
    private const int MostNotes = 10;

    /// <summary>Adds what is right and wrong in numbers.</summary>
    /// <param name="page">Receives it.</param>
    /// <param name="card">The scores.</param>
    /// <param name="worst">The faults of the images of the card.</param>
    /// <param name="word">What an image is called.</param>
    public static void Add(Page page, Scorecard card, WorstCells worst, string word)
    {
        page.Section("Cells").Paragraph(Sentence(card, worst, word));
        foreach (string note in card.Notes.Take(MostNotes)) page.Paragraph($"Note: {note}");
        if (card.Notes.Count > MostNotes) page.Paragraph($"{ReportNumber.Count(card.Notes.Count - MostNotes, "more note")} left out.");
        page.Table(["score", "value"], [.. card.Table.Where(row => row.Name.StartsWith("paper", StringComparison.Ordinal) || !row.Name.Contains('@')).Select(row => (IReadOnlyList<string>)[row.Name, row.Text])]);
        AddThresholds(page, [.. card.Pooled.Matchings.OrderBy(scores => scores.Threshold)]);
        AddImages(page, card, worst, word);
    }

    /// <summary>Adds what the scores mean and how they were made.</summary>
    public static void AddFacts(Page page, IReadOnlyList<KeyValuePair<string, string>> facts, string options)
    {
        page.Section("What the scores mean").Folded("Conventions", string.Join("\n\n", ScoreConventions.OfImages.Concat(ScoreConventions.OfTracks).Select(entry => $"{entry.Name}: {entry.Sentence}")));
        page.Section("How this was made").Definitions([.. facts, new("version", $"Morula {Machine.ProgramVersion}"), new("system", Machine.System)]);
        page.Options(options);
    }

    private static string Sentence(Scorecard card, WorstCells worst, string word)
    {
        string faults = string.Join(", ", FaultWords.All.Select(fault => $"{ReportNumber.Count(worst.Faults.Sum(image => image.GetValueOrDefault(fault)))} {fault.ToString().ToLowerInvariant()}"));
        string right = card.Pooled.Matchings.FirstOrDefault(scores => scores.Threshold == Half) is { } half ? $" {ReportNumber.Count(half.TruePositives, "pair")} overlap by half or more." : string.Empty;
        return $"{ReportNumber.Count(card.Pooled.TruthCells, "true cell")} and {ReportNumber.Count(card.Pooled.PredictedCells, "found cell")} in {ReportNumber.Count(card.Images.Count, word)}.{right} Faults: {faults}.";
    }

    private static void AddThresholds(Page page, MatchingScores[] scores)
    {
        if (scores.Length == 0) return;
        page.Section("Accuracy by overlap");
        double[] thresholds = [.. scores.Select(one => one.Threshold)];
        page.Figure(
            CurveFigure.Draw(string.Empty, "least overlap (IoU) of a pair", "score", [Curve("accuracy", one => one.Accuracy), Curve("precision", one => one.Precision), Curve("recall", one => one.Recall)], height: 400),
            "Accuracy, precision and recall where a pair must overlap by so much to count.");
        page.Table(["overlap", "accuracy", "precision", "recall", "F1", "panoptic quality", "right", "extra", "missing"], [.. scores.Select(one => (IReadOnlyList<string>)
        [
            one.Threshold.ToString("0.0###", CultureInfo.InvariantCulture), ReportNumber.Score(one.Accuracy), ReportNumber.Score(one.Precision), ReportNumber.Score(one.Recall), ReportNumber.Score(one.F1),
            ReportNumber.Score(one.PanopticQuality), ReportNumber.Count(one.TruePositives), ReportNumber.Count(one.FalsePositives), ReportNumber.Count(one.FalseNegatives),
        ])]);

        CurveSeries Curve(string name, Func<MatchingScores, double?> value) => new(name, thresholds, [.. scores.Select(one => value(one) ?? double.NaN)]);
    }

    private static void AddImages(Page page, Scorecard card, WorstCells worst, string word)
    {
        page.Section($"Each {word}").Table(
            [word, "true cells", "found cells", "accuracy at 0.5", "SEG", "AP50", .. FaultWords.All.Select(fault => fault.ToString().ToLowerInvariant())],
            [.. card.Images.Take(MostRows).Select((image, index) => (IReadOnlyList<string>)
            [
                image.Name, ReportNumber.Count(image.Scores.TruthCells), ReportNumber.Count(image.Scores.PredictedCells),
                ReportNumber.Score(image.Scores.Matchings.FirstOrDefault(scores => scores.Threshold == Half)?.Accuracy), ReportNumber.Score(image.Scores.Tracking.Seg), ReportNumber.Score(image.Scores.AveragePrecision.At50),
                .. FaultWords.All.Select(fault => ReportNumber.Count(worst.Faults[index].GetValueOrDefault(fault))),
            ])]);
        if (card.Images.Count > MostRows) page.Paragraph($"{ReportNumber.Count(card.Images.Count - MostRows, $"more {word}")} left out.");
    }
}
