namespace Morula.Planning;

/// <summary>Memory that a training step or a prediction will take, foretold from options and sizes alone.</summary>
/// <param name="Peak">Largest memory, bytes.</param>
/// <param name="PeakMoment">When that is.</param>
/// <param name="StagesAtPeak">Who holds it then, bytes by stage.</param>
/// <param name="Moments">Memory over the course of it.</param>
/// <param name="Operations">Floating-point operations, backward passes included.</param>
public sealed record MemoryPlan(
    long Peak, string PeakMoment, IReadOnlyDictionary<string, long> StagesAtPeak, IReadOnlyList<MemoryMoment> Moments, double Operations);
