using Morula.Planning;
using Morula.Runs;

namespace Morula.Cli;

/// <summary>The bound of memory that a verb was given.</summary>
internal static class MemoryBound
{
    /// <summary>Bytes, or null where none was given.</summary>
    public static long? Of(VerbContext context) =>
        context.Value(CommonOptions.Memory) is { } text ? ByteSize.Parse(text, CommonOptions.Memory.Name) : null;

    /// <summary>A line that says how much memory the run has taken, where a bound was given.</summary>
    public static string[] PeakLine(VerbContext context) => Of(context) is { } bound && PlanRun.MeasuredPeak is > 0 and var peak
        ? [$"memory:  {ByteSize.Text(peak)} at most, of {ByteSize.Text(bound)} allowed"]
        : [];
}
