namespace Morula.Cli;

/// <summary>A verb was asked to stop and can go on later.</summary>
/// <param name="how">The command that goes on.</param>
internal sealed class StoppedException(string how) : OperationCanceledException($"stopped; go on with: {how}");
