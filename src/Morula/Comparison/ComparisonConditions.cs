namespace Morula.Comparison;

/// <summary>What holds for all networks of a comparison.</summary>
/// <param name="Steps">Steps of every training; null where the options, or the minutes, say so.</param>
/// <param name="Minutes">Minutes of every training, on the clock; null where the options, or the steps, say so.</param>
/// <param name="Seeds">Number of trainings of each network; they differ in their seed.</param>
/// <param name="Threads">Processor threads; 0: all of the machine's.</param>
/// <param name="Overrides">Section.Key=value, over the options of every network.</param>
public sealed record ComparisonConditions(int? Steps, double? Minutes, int Seeds, int Threads, IReadOnlyList<string> Overrides);
