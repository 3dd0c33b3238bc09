using Morula.Cli.Verbs;
using Morula.Jobs;
using Morula.Linking;
using Morula.Runs;
using Morula.Streaming;

namespace Morula.Cli;

/// <summary>A prediction that several processes share, here or on a cluster.</summary>
internal static class SharedPrediction
{
    /// <summary>Who shares the work.</summary>
    /// <param name="Slurm">Whether Slurm does.</param>
    /// <param name="Workers">Processes of this machine, where it does not.</param>
    /// <param name="Tasks">Tasks of a Slurm array at most.</param>
    /// <param name="Sbatch">Options of sbatch.</param>
    public sealed record Means(bool Slurm, int Workers, int Tasks, IReadOnlyList<string> Sbatch);

    /// <summary>Does the work, or submits it.</summary>
    public static void Run(VerbContext context, PredictionRequest request, Means means)
    {
        if (means.Workers < 1 || means.Tasks < 1) throw new UsageException("--workers and --tasks are numbers from 1.");
        if (means.Slurm) Submit(context, request, means);
        else Share(context, request, means.Workers);
    }

    private static void Submit(VerbContext context, PredictionRequest request, Means means)
    {
        var job = new SlurmJob(ThisProgram.Path, ThisProgram.Arguments(PredictPartVerb.Name), means.Sbatch);
        Dictionary<PredictionStage, int> units = Units(context, request);
        IReadOnlyList<SlurmSubmission> submitted = job.Submit(request, stage => units[stage], means.Tasks);
        string[] lines = [.. submitted.Select(one => $"job {one.Job}: {one.Stage.ToString().ToLowerInvariant()}, {one.Tasks} task{(one.Tasks == 1 ? "" : "s")}, {units[one.Stage]} units")];
        context.Result(
            new { jobs = submitted.Select(one => new { one.Job, one.Stage, one.Tasks, units = units[one.Stage] }), request.Folder },
            [.. lines, $"follow them with: squeue -j {string.Join(',', submitted.Select(one => one.Job))}; what they say is in {Path.Combine(request.Folder, "slurm")}"]);
    }

    private static void Share(VerbContext context, PredictionRequest request, int workers)
    {
        string path = request.Save();
        Dictionary<PredictionStage, int> units = Units(context, request);
        var problems = new Problems();
        var pool = new WorkerPool(ThisProgram.Path, ThisProgram.Arguments(PredictPartVerb.Name)) { Warnings = problems };
        foreach (var (stage, count) in units)
        {
            bool isEnd = stage == PredictionStage.Finish;
            if (count == 0 && !isEnd) continue;
            int used = isEnd ? 1 : Math.Min(workers, count);
            pool.Run(path, stage, used, Math.Max(1, Environment.ProcessorCount / used), new Lines(context, stage), context.Stop);
        }

        string? report = ReportLine.Told(context, PredictionReport.In(request.Folder), problems.Last);
        context.Result(new { folder = request.Folder, processes = workers, report }, [$"{request.Folder}: done by {workers} processes", .. MemoryBound.PeakLine(context)]);
    }

    private static Dictionary<PredictionStage, int> Units(VerbContext context, PredictionRequest request)
    {
        using var prediction = new StagedPrediction(request, new ExactLinkSolver(), new SaidLines(context));
        return Enum.GetValues<PredictionStage>().ToDictionary(stage => stage, prediction.Units);
    }

    /// <summary>What the process that ends the run warns of.</summary>
    private sealed class Problems : IProgress<string>
    {
        public string? Last { get; private set; }

        public void Report(string value) => Last = value;
    }

    private sealed class Lines(VerbContext context, PredictionStage stage) : IProgress<UnitProgress>
    {
        public void Report(UnitProgress value) => context.Progress.Report(value.Done, Math.Max(1, value.Total), caption: stage.ToString().ToLowerInvariant());
    }
}
