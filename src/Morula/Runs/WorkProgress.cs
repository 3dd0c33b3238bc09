using Morula.Measuring;
using Morula.Streaming;

namespace Morula.Runs;

/// <summary>Goes through all stages of a prediction in this process.</summary>
internal static class WorkProgress
{
    // Of the time that a large image takes.
    private static readonly (PredictionStage Stage, double Share)[] Stages =
        [(PredictionStage.Scan, 0.03), (PredictionStage.Find, 0.7), (PredictionStage.Settle, 0.02), (PredictionStage.Paint, 0.22), (PredictionStage.Finish, 0.03)];

    /// <summary>Does all that is not done; gives the share done, in [0, 1], whenever a unit is.</summary>
    public static IEnumerable<double> Through(IPredictionWork work, CancellationToken cancellation)
    {
        double whole = Stages.Sum(stage => work.Units(stage.Stage) > 0 ? stage.Share : 0);
        double before = 0;
        foreach (var (stage, share) in Stages)
        {
            int count = work.Units(stage);
            int[] open = [.. Enumerable.Range(0, count).Where(unit => !work.IsDone(stage, unit))];
            int done = count - open.Length;
            foreach (int _ in work.Do(stage, open, cancellation))
            {
                // Peaks of units must not add up: what is free goes back to the system.
                ProcessMemory.Collect();
                yield return (before + (share * ++done / count)) / whole;
            }

            if (count > 0) before += share;
        }
    }
}
