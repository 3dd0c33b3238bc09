namespace Morula.Options;

/// <summary>A user's option is unknown, of the wrong kind or out of range. The message is one line for the terminal.</summary>
public sealed class OptionsException : Exception
{
    /// <summary>Names the source (file or command line), then what was found, what is expected and what to do.</summary>
    public OptionsException(string source, string problem)
        : base($"{source}: {problem}")
    {
    }

    /// <summary>As above, with the fault that revealed it.</summary>
    public OptionsException(string source, string problem, Exception inner)
        : base($"{source}: {problem}", inner)
    {
    }
}
