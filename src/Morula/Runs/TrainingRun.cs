using System.Text;
using Morula.Formats;
using Morula.Model;
using Morula.Options;
using Morula.Reports;
using Morula.Samples;
using Morula.Sharing;
using Morula.Tensors;
using Morula.Training;

namespace Morula.Runs;

/// <summary>A whole training: options and data set in, a folder with checkpoints, log and report out.</summary>
public static class TrainingRun
{
    /// <summary>Starts a training in a folder, or goes on with the one that is there.</summary>
    /// <param name="options">Of the run; where it resumes, see <see cref="OptionsToResume"/>.</param>
    /// <param name="dataPath">Folder or index file of the data set.</param>
    /// <param name="folder">Receives the results.</param>
    /// <param name="resume">Goes on from the folder's last checkpoint.</param>
    /// <param name="progress">Told of every step.</param>
    /// <param name="cancellation">Asks to stop behind the current step; checkpoint and report are written all the same.</param>
    /// <param name="mostBytes">Memory that the process may take; the fastest means that keep within it are chosen. Null: as the options say.</param>
    /// <param name="group">Processes that train together; the first one decides on memory and writes. Null: this one alone.</param>
    /// <returns>The finished (or stopped) trainer's checkpoints.</returns>
    /// <exception cref="OptionsException">The options do not fit each other.</exception>
    /// <exception cref="VolumeFormatException">An image or the checkpoint cannot be read.</exception>
    public static TrainingOutcome Start(
        MorulaOptions options, string dataPath, string folder, bool resume, IProgress<TrainingProgress> progress, CancellationToken cancellation,
        long? mostBytes = null, IProcessGroup? group = null)
    {
        OptionsCheck.Require(options);
        group ??= new SingleProcess();
        if (mostBytes is { } budget) options = Agreed(TrainingBound.Fit(options, dataPath, budget, resume, progress, BatchSlice.Of(group, options.Training.BatchSize)), group);
        var run = new TrainingFolder(folder);
        DataSet data = DataSet.Open(dataPath, options.Samples, options.Training.Seed);
        string from = options.Training.From;
        var trainer = new Trainer(options, data, run, ComputeDevice.Named(options.Device), TimeProvider.System, group)
        {
            OriginPath = from.Length > 0 && !resume ? ShippedNetworks.PathOf(from) : null,
        };
        bool complete = trainer.Run(resume, progress, cancellation);
        if (group.Index == 0 && PageAttempt.Make(run.Report, () => TrainingReport.Write(run)) is { } problem) progress.Report(TrainingProgress.Saying(0, 0, $"warning: {problem}"));
        return new TrainingOutcome(complete, run.Best, run.Last, run.Report);
    }

    // What fits may differ between machines; all have to compute in the same way.
    private static MorulaOptions Agreed(MorulaOptions options, IProcessGroup group) => group.Count == 1
        ? options
        : OptionsFile.Parse<MorulaOptions>(Encoding.UTF8.GetString(group.Broadcast(Encoding.UTF8.GetBytes(OptionsFile.Write(options)))), "--memory", []);

    /// <summary>The options to go on with in a folder: those its training was started with, but for what may change.</summary>
    /// <param name="folder">Of the training.</param>
    /// <param name="source">Options file or preset that the user names again; null where none is named.</param>
    /// <param name="overrides">Section.Key=value, on top of either.</param>
    /// <exception cref="VolumeFormatException">The folder holds no checkpoint to go on from.</exception>
    /// <exception cref="OptionsException">Something is asked for that cannot change any more, or does not fit.</exception>
    public static MorulaOptions OptionsToResume(string folder, string? source, IEnumerable<string> overrides)
    {
        string last = new TrainingFolder(folder).Last;
        if (!File.Exists(last))
            throw new VolumeFormatException(folder, $"holds no training to resume (no {Path.GetFileName(last)}); leave --resume out to start one.");
        MorulaOptions saved = OptionsFile.Parse<MorulaOptions>(Checkpoint.Load(last).Options, last, []);
        MorulaOptions asked = source is null ? OptionsFile.Override(saved, overrides) : MorulaOptions.Read(source, overrides);
        return ResumedOptions.Merge(saved, OptionsCheck.Require(asked), source ?? "--set");
    }
}
