namespace Morula.Runs;

/// <summary>What a run has taken.</summary>
/// <param name="Ended">When it was over.</param>
/// <param name="Elapsed">Time from its beginning; of several processes, their times together.</param>
/// <param name="PeakBytes">Largest memory of a process, bytes.</param>
/// <param name="Processes">Number of processes, from 1.</param>
public sealed record RunCost(DateTimeOffset Ended, TimeSpan Elapsed, long PeakBytes, int Processes = 1);
