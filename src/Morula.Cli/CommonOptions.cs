using System.CommandLine;

namespace Morula.Cli;

/// <summary>Options that several verbs share. A verb lists those it takes; --quiet is taken by all.</summary>
internal static class CommonOptions
{
    /// <summary>An options file.</summary>
    public static Option<string?> File { get; } = new("--options")
    {
        Description = "JSON file that says which options differ from the preset.",
        HelpName = "file",
    };

    /// <summary>Single options, each as Section.Key=value.</summary>
    public static Option<string[]> Set { get; } = new("--set")
    {
        Description = "Sets one option over the file; may be given many times.",
        HelpName = "Section.Key=value",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Allows an output folder that holds something.</summary>
    public static Option<bool> Overwrite { get; } = new("--overwrite")
    {
        Description = "Writes into an output folder that is not empty; files of the same name are replaced.",
    };

    /// <summary>A bound of memory.</summary>
    public static Option<string?> Memory { get; } = new("--memory")
    {
        Description = "Memory that the whole program may take, such as 8GB, 6GiB or 500MB.",
        HelpName = "size",
    };

    /// <summary>No progress line.</summary>
    public static Option<bool> Quiet { get; } = new("--quiet", "-q")
    {
        Description = "Writes no progress.",
        Recursive = true,
    };
}
