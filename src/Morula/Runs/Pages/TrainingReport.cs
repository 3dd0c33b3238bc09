using Morula.Reports;
using Morula.Training;

namespace Morula.Runs;

/// <summary>The page of a training: losses, scores, options.</summary>
internal static class TrainingReport
{
    private const int MostPoints = 400;
    private static readonly string[] LossNames = ["loss", "objectness", "proposal box", "class", "box", "mask", "events"];
    private static readonly string[] ScoreNames = [Validator.Decisive, "SEG", "accuracy@0.5", "accuracy@0.75", "AP50"];

    public static void Write(TrainingFolder folder)
    {
        IReadOnlyList<LogLine> lines = TrainingLog.Read(folder.Path);
        var page = new Page("Morula: training");
        if (Series(lines, LossNames, smooth: true).Length == 0) page.Paragraph("No step has been taken yet.");
        else page.Section("Losses").Figure(Curves(lines, LossNames, "loss", smooth: true), "Losses by step, each point the mean of a run of steps.");
        CurveSeries[] scores = Series(lines, ScoreNames, smooth: false);
        if (scores.Length > 0)
        {
            page.Section("Scores on held-out images").Figure(Curves(lines, ScoreNames, "score", smooth: false), "Scores by step, of the real predictor.");
            page.Table(["step", .. scores.Select(series => series.Name)], Rows(scores));
        }

        page.Options(File.ReadAllText(folder.Options));
        page.Save(folder.Report);
    }

    private static byte[] Curves(IReadOnlyList<LogLine> lines, string[] names, string label, bool smooth) =>
        CurveFigure.Draw(string.Empty, "step", label, Series(lines, names, smooth), isLogarithmic: smooth);

    private static CurveSeries[] Series(IReadOnlyList<LogLine> lines, string[] names, bool smooth)
    {
        var series = new List<CurveSeries>();
        foreach (string name in names)
        {
            LogLine[] with = [.. lines.Where(line => line.Values.ContainsKey(name))];
            if (with.Length == 0) continue;
            LogLine[][] runs = [.. with.Chunk(smooth ? Math.Max(1, with.Length / MostPoints) : 1)];
            series.Add(new CurveSeries(
                name, [.. runs.Select(run => (double)run[^1].Step)], [.. runs.Select(run => run.Average(line => line.Values[name]))]));
        }

        return [.. series];
    }

    private static List<IReadOnlyList<string>> Rows(CurveSeries[] scores) =>
        [.. Enumerable.Range(0, scores[0].X.Length).Select(row =>
            (IReadOnlyList<string>)[scores[0].X[row].ToString("0"), .. scores.Select(series => series.Y[row].ToString("0.000"))])];
}
