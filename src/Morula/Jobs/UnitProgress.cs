namespace Morula.Jobs;

/// <summary>How far a share of a stage is.</summary>
/// <param name="Done">Units that are done.</param>
/// <param name="Total">Units of the share.</param>
public readonly record struct UnitProgress(int Done, int Total);
