using System.CommandLine;
using Morula.Tensors;

namespace Morula.Cli;

/// <summary>Options that several verbs share. A verb lists those it takes; those in <see cref="OfAll"/> are taken by all.</summary>
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
        CompletionSources = { SetNames.Suggest },
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

    /// <summary>What the network computes on.</summary>
    public static Option<string?> Device { get; } = new("--device")
    {
        Description = "What the network computes on: auto (a graphics card where there is one that can be used), cpu, cuda or cuda:N (Device).",
        HelpName = "device",
        CompletionSources = { ComputeDevice.Auto, "cpu", "cuda" },
    };

    /// <summary>Errors and the final result alone.</summary>
    public static Option<bool> Quiet { get; } = new("--quiet", "-q")
    {
        Description = "Tells errors and the final result, no progress and no messages.",
        Recursive = true,
    };

    /// <summary>More than usual.</summary>
    public static Option<bool> Verbose { get; } = new("--verbose", "-v")
    {
        Description = "Tells more: what was chosen and why, memory now and at most.",
        Recursive = true,
    };

    /// <summary>For people or for programs.</summary>
    public static Option<OutputFormat> Format { get; } = MakeFormat();

    /// <summary>What every verb takes.</summary>
    public static IReadOnlyList<Option> OfAll { get; } = [Quiet, Verbose, Format];

    /// <summary>Single options of the command line, that of <see cref="Device"/> among them.</summary>
    public static string[] Overrides(VerbContext context) =>
        context.Value(Device) is { } device ? [.. context.Value(Set), $"{nameof(MorulaOptions.Device)}={device}"] : context.Value(Set);

    /// <summary>Where the command line asks for JSON: writes it; else null.</summary>
    public static EventWriter? EventsOf(ParseResult parsed, TextWriter output)
    {
        bool isJson = parsed.GetResult(Format) is { } asked && asked.Tokens.Any(token => Enum.TryParse(token.Value, ignoreCase: true, out OutputFormat format) && format == OutputFormat.Json);
        return isJson ? new EventWriter(output, parsed.CommandResult.Command.Name, TimeProvider.System) : null;
    }

    private static Option<OutputFormat> MakeFormat()
    {
        var format = new Option<OutputFormat>("--format")
        {
            Description = "text for people, or json for programs: one JSON object a line on standard output for progress, messages and results.",
            HelpName = "text|json",
            Recursive = true,
            DefaultValueFactory = _ => OutputFormat.Text,
        };
        format.CompletionSources.Clear();
        format.CompletionSources.Add("text", "json");
        return format;
    }
}
