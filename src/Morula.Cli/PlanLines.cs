using Morula.Planning;
using Morula.Runs;

namespace Morula.Cli;

/// <summary>Foretold memory as lines of the terminal.</summary>
internal static class PlanLines
{
    public static void Write(TextWriter output, PlanOutcome outcome, PlanSubject subject, long? budget)
    {
        output.WriteLine(
            $"training on crops of {PlanRun.Crop(outcome.Options)}, {outcome.Options.Training.BatchSize} a step; prediction of an image of {subject.Image} with {subject.Cells} cells");
        if (subject.OnCard) output.WriteLine("a graphics card: tensors alone, without the workspace of its libraries; this has not been measured");
        WriteTable(output, [PlanPage.Header(outcome), .. PlanPage.Rows(outcome)]);
        output.WriteLine($"training takes {ByteSize.Text(outcome.TrainingPeak)}, prediction {ByteSize.Text(outcome.Prediction.Peak)}");
        if (budget is not { } most) return;
        output.WriteLine($"within {ByteSize.Text(most)}: training {Fits(outcome.TrainingPeak)}, prediction {Fits(outcome.Prediction.Peak)}");

        string Fits(long peak) => peak <= most ? "fits" : $"does not fit ({ByteSize.Text(peak - most)} too much)";
    }

    private static void WriteTable(TextWriter output, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Count).Select(column => rows.Max(row => row[column].Length))];
        foreach (var row in rows)
            output.WriteLine(string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))));
    }
}
