using Morula.Reports;
using Morula.Training;

namespace Morula.Comparison;

/// <summary>Curves of the trainings of a network, the mean over its seeds.</summary>
internal static class MemberCurves
{
    private const int MostPoints = 200;
    private const string Loss = "loss";

    /// <summary>A validation score against steps.</summary>
    public static CurveSeries ScoreBySteps(NetworkResults row, string score) => Mean(row, log => Values(row, log, score, byTime: false));

    /// <summary>A validation score against minutes of training.</summary>
    public static CurveSeries ScoreByMinutes(NetworkResults row, string score) => Mean(row, log => Values(row, log, score, byTime: true));

    /// <summary>The loss against steps, each point the mean of a run of steps.</summary>
    public static CurveSeries LossBySteps(NetworkResults row) => Mean(row, log =>
    {
        LogLine[] lines = [.. row.Logs[log].Where(line => line.Values.ContainsKey(Loss))];
        return [.. lines.Chunk(Math.Max(1, lines.Length / MostPoints)).Select(run => ((double)run[^1].Step, run.Average(line => line.Values[Loss])))];
    });

    private static List<(double X, double Y)> Values(NetworkResults row, int log, string score, bool byTime)
    {
        double[] minutes = StepPace.Minutes(row.Logs[log], row.Sittings[log]);
        var points = new List<(double, double)>();
        for (int index = 0; index < minutes.Length; index++)
        {
            LogLine line = row.Logs[log][index];
            if (line.Values.TryGetValue(score, out double value)) points.Add((byTime ? minutes[index] : line.Step, value));
        }

        return points;
    }

    // Trainings bound by time may differ in their number of points: the mean goes as far as all of them do.
    private static CurveSeries Mean(NetworkResults row, Func<int, List<(double X, double Y)>> curveOf)
    {
        List<(double X, double Y)>[] curves = [.. Enumerable.Range(0, row.Logs.Count).Select(curveOf)];
        int length = curves.Length == 0 ? 0 : curves.Min(curve => curve.Count);
        return new CurveSeries(
            row.Name,
            [.. Enumerable.Range(0, length).Select(point => curves.Average(curve => curve[point].X))],
            [.. Enumerable.Range(0, length).Select(point => curves.Average(curve => curve[point].Y))]);
    }
}
