using Morula.Model;
using Morula.Options;
using Morula.Samples;
using Morula.Training;

namespace Morula.Comparison;

/// <summary>
/// Trains networks under the same conditions, each with each seed in a process of its own, one after another; has each predict the
/// same held-out images; judges them, and a segmentation without learning beside them; writes numbers, tables and a page. A comparison
/// that was stopped or killed goes on when it is repeated.
/// </summary>
public static class NetworkComparison
{
    /// <summary>Runs a comparison, or goes on with it.</summary>
    /// <param name="sources">Options files or presets, one per network.</param>
    /// <param name="data">Folder or index file of the data set.</param>
    /// <param name="conditions">What holds for all networks.</param>
    /// <param name="folder">Receives everything.</param>
    /// <param name="launcher">Does what each process is asked for.</param>
    /// <param name="clock">Tells the date.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="OptionsException">The arguments do not fit, differ from those the folder was begun with, or a network is refused.</exception>
    /// <exception cref="Morula.Formats.VolumeFormatException">A file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop; what is done is kept.</exception>
    public static ComparisonOutcome Run(
        IReadOnlyList<string> sources, string data, ComparisonConditions conditions, string folder, MemberLauncher launcher,
        TimeProvider clock, IProgress<ComparisonProgress> progress, CancellationToken cancellation)
    {
        var (plan, split) = ComparisonPlan.Create(sources, data, conditions);
        Split heldOut = ComparisonPlan.HeldOut(split)!.Value;
        var images = HeldOutImages.Of(split, heldOut, plan.AsMovie);
        foreach (PlannedMember member in plan.Members) Check(member, split);
        foreach (int background in plan.Members.Select(member => member.Options.Samples.BackgroundLabel).Distinct()) images.RequireTracks(background);
        var place = new ComparisonFolder(Path.GetFullPath(folder));
        PlanFile.Enter(place, plan, SplitFile.Of(split, classes: true), SplitFile.Of(split, classes: false));
        new ComparisonJobs(plan, place, heldOut, launcher, progress, cancellation).RunAll();
        DataSet written = DataSet.Open(place.Split);
        var results = ComparisonResults.Read(plan, place, heldOut, HeldOutImages.Of(written, heldOut, plan.AsMovie), written.Of(Split.Training).Count);
        ComparisonJson.Save(results);
        ComparisonMarkdown.Save(results);
        ComparisonPage.Save(results);
        return new ComparisonOutcome(place.Page, place.Markdown, place.Json);
    }

    // What would stop a member is found before the first one is trained for hours.
    private static void Check(PlannedMember member, DataSet data)
    {
        ModelOptions model = member.Options.Model;
        DataCheck.Require(model.Classes.Count > 1 ? data.Pairs : data.Pairs.Select(pair => pair with { ObjectsPath = null }), model);
        foreach (Split split in new[] { Split.Training, Split.Validation }) data.Examples(split, model.Rank, member.Options.Samples.CropAt(model.Rank)[0]);
    }
}
