namespace Morula.Planning;

/// <summary>What is alive when a part of a step is over.</summary>
/// <param name="Name">The part.</param>
/// <param name="Stages">Bytes by stage.</param>
public sealed record MemoryMoment(string Name, IReadOnlyDictionary<string, long> Stages)
{
    /// <summary>All of them, bytes.</summary>
    public long Bytes => Stages.Values.Sum();
}
