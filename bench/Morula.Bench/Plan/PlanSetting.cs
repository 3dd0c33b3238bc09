namespace Morula.Bench.Plan;

/// <summary>One comparison of foretold and measured memory.</summary>
/// <param name="Task">train or predict.</param>
/// <param name="Options">Preset or file of options.</param>
/// <param name="Overrides">Section.Key=value, over the options.</param>
/// <param name="Extent">Sizes of the images, and of the crops of a training.</param>
/// <param name="Steps">Training steps.</param>
internal sealed record PlanSetting(string Task, string Options, string[] Overrides, int[] Extent, int Steps)
{
    /// <summary>Whether memory that tensors have left is kept for the next ones, as where a bound has room for it.</summary>
    public bool KeepsFreed { get; init; }

    /// <summary>Name of the setting in tables.</summary>
    public string Name => string.Join(' ', [Options, .. Overrides.Select(text => text.Split('.')[^1])]);
}
