using Morula.Options;
using Morula.Samples;

namespace Morula.Comparison;

/// <summary>The processes of a comparison, one after another; what is done is left out.</summary>
internal sealed class ComparisonJobs(
    ComparisonPlan plan, ComparisonFolder place, Split heldOut, MemberLauncher launcher, IProgress<ComparisonProgress> progress, CancellationToken cancellation)
{
    // Roughly how the time is spent; the pace of what was done corrects the rest.
    private const double TrainingWeight = 10;

    private double done;
    private double total;

    public void RunAll()
    {
        List<Job> jobs = [.. Networks(), .. Classical()];
        total = jobs.Sum(job => job.Weight);
        foreach (Job job in jobs)
        {
            cancellation.ThrowIfCancellationRequested();
            if (job.IsDone) done += job.Weight;
        }

        foreach (Job job in jobs.Where(job => !job.IsDone))
        {
            cancellation.ThrowIfCancellationRequested();
            Say($"{job.Caption}: {(job.Request.Stage == MemberStage.Predict ? "predicting" : job.Request.IsClassical ? "tuning" : "training")}");
            launcher(job.Request.Save(), plan.Members[0].Options.Training.Threads, new Shares(this, job), cancellation);
            if (!job.IsDone) throw new InvalidOperationException($"{job.Caption}: the process ended well but left no result in {job.Request.Folder}.");
            done += job.Weight;
        }
    }

    private IEnumerable<Job> Networks() => plan.Seeds.SelectMany(seed => plan.Members.SelectMany(member =>
    {
        string data = member.Options.Model.Classes.Count > 1 ? place.Split : place.SplitOfOneClass;
        return Stages(member.Name, plan.Seeds.Count > 1 ? $"{member.Name}, seed {seed}" : member.Name, member.At(seed), data, place.Of(member.Name, seed));
    }));

    private IEnumerable<Job> Classical() =>
        Stages(ComparisonPlan.Classical, ComparisonPlan.Classical, plan.Members[0].At(plan.Seeds[0]), place.Split, place.Classical);

    private IEnumerable<Job> Stages(string name, string caption, MorulaOptions options, string data, MemberFolder folder)
    {
        foreach (MemberStage stage in Enum.GetValues<MemberStage>())
        {
            var request = new MemberRequest(name, stage, OptionsFile.Write(options), data, heldOut, folder.Path, plan.AsMovie);
            yield return new Job(request, caption, stage == MemberStage.Train && !request.IsClassical ? TrainingWeight : 1);
        }
    }

    private void Report(ComparisonProgress value) => progress.Report(value);

    private void Say(string message) => progress.Report(new ComparisonProgress(done / total, message, message));

    /// <summary>One process.</summary>
    private sealed record Job(MemberRequest Request, string Caption, double Weight)
    {
        public bool IsDone => File.Exists(Request.Results.Result) || (Request.Stage == MemberStage.Train && TrainingCost.Of(Request.Results).IsComplete);
    }

    private sealed class Shares(ComparisonJobs jobs, Job job) : IProgress<MemberProgress>
    {
        public void Report(MemberProgress value) => jobs.Report(new ComparisonProgress(
            (jobs.done + (Math.Clamp(value.Share, 0, 1) * job.Weight)) / jobs.total,
            $"{job.Caption}: {value.Text}",
            value.Message is null ? null : $"{job.Caption}: {value.Message}"));
    }
}
