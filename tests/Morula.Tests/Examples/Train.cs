using Morula;
using Morula.Runs;
using Morula.Training;

namespace Examples;

public static class Train
{
    public static string Run(string presetOrFile, string data, string folder, CancellationToken stop)
    {
        MorulaOptions options = MorulaOptions.Read(presetOrFile, ["Training.Steps=4", "Training.ValidateEvery=2"]);
        var progress = new Progress<TrainingProgress>(at => Console.WriteLine(at.Message ?? $"step {at.Step} of {at.Steps}"));
        TrainingOutcome outcome = TrainingRun.Start(options, data, folder, resume: false, progress, stop);
        return outcome.BestPath;                                    // a checkpoint for Predict
    }
}
