using Morula.Formats;
using Morula.Model;
using Morula.Options;
using Morula.Samples;
using Morula.Training;
using static TorchSharp.torch;

namespace Morula.Runs;

/// <summary>A whole training: options and data set in, a folder with checkpoints, log and report out.</summary>
public static class TrainingRun
{
    /// <summary>Starts a training in a folder, or goes on with the one that is there.</summary>
    /// <param name="options">Of the run; where it resumes, null takes those of the folder.</param>
    /// <param name="dataPath">Folder or index file of the data set.</param>
    /// <param name="folder">Receives the results.</param>
    /// <param name="resume">Goes on from the folder's last checkpoint.</param>
    /// <param name="progress">Told of every step.</param>
    /// <param name="cancellation">Asks to stop behind the current step; the last checkpoint is written.</param>
    /// <returns>The finished (or stopped) trainer's checkpoints.</returns>
    public static TrainingOutcome Start(
        MorulaOptions options, string dataPath, string folder, bool resume, IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        DataSet data = DataSet.Open(dataPath, options.Samples, options.Training.Seed);
        var trainer = new Trainer(options, data, folder, CPU, TimeProvider.System);
        bool complete = trainer.Run(resume, progress, cancellation);
        string report = Path.Combine(folder, "report.html");
        TrainingReport.Write(report, folder);
        return new TrainingOutcome(complete, trainer.BestPath, trainer.LastPath, report);
    }

    /// <summary>The options a folder's training was started with, changed by overrides.</summary>
    /// <exception cref="VolumeFormatException">The folder holds no checkpoint to go on from.</exception>
    /// <exception cref="OptionsException">An override does not fit.</exception>
    public static MorulaOptions OptionsOf(string folder, IEnumerable<string> overrides)
    {
        string last = Path.Combine(folder, "last.safetensors");
        return OptionsFile.Parse<MorulaOptions>(Checkpoint.Load(last).Options, last, overrides);
    }
}
