using Morula.Formats;

namespace Morula.Comparison;

/// <summary>What a training has cost, over all its sittings.</summary>
/// <param name="Sittings">When it was begun and resumed (UTC).</param>
/// <param name="IsComplete">Whether it reached its end.</param>
/// <param name="BaseBytes">Memory with everything loaded and nothing done.</param>
/// <param name="PeakBytes">Largest memory of the process while it trained.</param>
/// <param name="Steps">Steps taken; 0 for the classical segmentation.</param>
/// <param name="Minutes">Time on the clock.</param>
/// <param name="Choice">Parameters of the classical segmentation; null for a network.</param>
internal sealed record TrainingCost(
    IReadOnlyList<DateTimeOffset> Sittings, bool IsComplete, long BaseBytes, long PeakBytes, long Steps, double Minutes, ClassicalChoice? Choice = null)
{
    public static TrainingCost None { get; } = new([], false, 0, 0, 0, 0);

    /// <summary>What the folder says; nothing where no training was begun.</summary>
    public static TrainingCost Of(MemberFolder folder) => File.Exists(folder.Cost) ? JsonText.Read<TrainingCost>(folder.Cost) : None;

    public void Save(MemberFolder folder) => AtomicFile.WriteText(folder.Cost, JsonText.Of(this));
}
