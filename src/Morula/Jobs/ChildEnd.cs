namespace Morula.Jobs;

/// <summary>How a process ended that was started for a part of the work.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Said">What it wrote to standard error.</param>
internal readonly record struct ChildEnd(int Code, string Said)
{
    private const string Prefix = "morula: ";

    /// <summary>That of a process which was asked to stop.</summary>
    public static ChildEnd Stopped => new(130, string.Empty);

    /// <summary>Whether it did all that it was asked.</summary>
    public bool IsGood => Code == 0;

    /// <summary>Whether it stopped because it was asked to.</summary>
    public bool IsStopped => Code == Stopped.Code;

    /// <summary>Whether it refused what it was asked, in one line.</summary>
    public bool IsRefused => Code == 2;

    /// <summary>What it said, without the name of the program.</summary>
    public string Line => Said.StartsWith(Prefix, StringComparison.Ordinal) ? Said[Prefix.Length..] : Said;
}
