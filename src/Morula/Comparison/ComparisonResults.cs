using Morula.Formats;
using Morula.Samples;
using Morula.Training;

namespace Morula.Comparison;

/// <summary>All that a finished comparison knows.</summary>
/// <param name="Plan">What was compared.</param>
/// <param name="Place">Where it lies.</param>
/// <param name="HeldOut">Split that was judged on.</param>
/// <param name="Images">Its images.</param>
/// <param name="TrainingImages">Number of training images.</param>
/// <param name="Rows">The networks in the order of the command, then the classical segmentation.</param>
/// <param name="Traits">What is known of the true cells of the held-out images.</param>
internal sealed record ComparisonResults(
    ComparisonPlan Plan, ComparisonFolder Place, Split HeldOut, HeldOutImages Images, int TrainingImages,
    IReadOnlyList<NetworkResults> Rows, IReadOnlyList<CellTrait> Traits)
{
    /// <summary>The network with the most learnt numbers: what others are put in relation to.</summary>
    public NetworkResults Largest => Rows.MaxBy(row => row.Results[0].Parameters)!;

    /// <summary>Whether classes made a difference to the published metric.</summary>
    public bool HasClasses => Rows.Any(row => row.Score("paper AP@0.5").Mean != row.Score(Judgement.PaperOfAnyClass).Mean);

    /// <summary>Reads what the processes left and measures the true cells.</summary>
    public static ComparisonResults Read(ComparisonPlan plan, ComparisonFolder place, Split heldOut, HeldOutImages images, int trainingImages)
    {
        var rows = plan.Members.Select(member => Row(member.Name, [.. plan.Seeds.Select(seed => place.Of(member.Name, seed))]))
            .Append(Row(ComparisonPlan.Classical, [place.Classical]));
        return new ComparisonResults(plan, place, heldOut, images, trainingImages, [.. rows], CellTraits.Measure(images, plan.Members[0].Options));
    }

    private static NetworkResults Row(string name, MemberFolder[] folders) => new(
        name,
        [.. folders.Select(folder => JsonText.Read<MemberResult>(folder.Result))],
        [.. folders.Select(folder => TrainingLog.Read(folder.Training.Path))],
        [.. folders.Select(folder => TrainingCost.Of(folder).Sittings)]);
}
