namespace Morula.Comparison;

/// <summary>A network that takes part in a comparison.</summary>
/// <param name="Name">Name of its options file without extension, or of its preset.</param>
/// <param name="Options">Its options under the common conditions; each seed replaces Training.Seed.</param>
public sealed record PlannedMember(string Name, MorulaOptions Options)
{
    /// <summary>The options of one training.</summary>
    public MorulaOptions At(int seed) => Options with { Training = Options.Training with { Seed = seed } };
}
