using Morula.Options;
using Morula.Planning;
using Morula.Sharing;
using Morula.Training;

namespace Morula.Runs;

/// <summary>Memory that a training may take.</summary>
internal static class TrainingBound
{
    /// <summary>Options with the fastest means that keep the training within the bound.</summary>
    /// <exception cref="OptionsException">No means are enough.</exception>
    public static MorulaOptions Fit(MorulaOptions options, string dataPath, long budget, bool resume, IProgress<TrainingProgress> progress, BatchSlice slice)
    {
        options = options with { Training = options.Training with { BatchSize = slice.Size } };
        PlanSubject subject = PlanRun.Subject(options, dataPath, cells: null, onCard: false);
        // The number of masks at once belongs to the network's options, which a resumed training cannot change.
        PlanFit fit = PlanSearch.Training(options, subject, budget, allowPrecision: false);
        fit = PlanSearch.Prediction(fit, subject, budget, besideTraining: true, keepsMasks: resume);
        long foretold = PlanRun.Foretell(fit.Options, subject).TrainingPeak;
        FreedMemory.Settle(foretold, budget);
        if (slice.Index == 0)
        {
            foreach (string change in fit.Changes) Say($"within {ByteSize.Text(budget)}: {change}");
            Say($"foretold memory: {ByteSize.Text(foretold)}");
        }

        return fit.Options with { Training = fit.Options.Training with { BatchSize = slice.BatchSize } };

        void Say(string message) => progress.Report(TrainingProgress.Saying(0, options.Training.Steps, message));
    }
}
