using Morula.Evaluation;
using Morula.Formats;

namespace Examples;

public static class Evaluate
{
    public static double? Run(string truthPath, string foundPath)
    {
        Scores scores = Evaluator.Compare(VolumeFile.ReadLabels(truthPath), VolumeFile.ReadLabels(foundPath));
        foreach (string name in new[] { "SEG", "AP50", "accuracy@0.5" }) Console.WriteLine($"{name} {scores.Table[name]:0.000}");
        return scores.Table["SEG"];
    }
}
