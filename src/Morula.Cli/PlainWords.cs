using System.Text.RegularExpressions;

namespace Morula.Cli;

/// <summary>Says in plain words what the parser of the command line reports; what it does not know stays as it is.</summary>
internal static partial class PlainWords
{
    private static readonly (Regex Pattern, Func<GroupCollection, string> Words)[] Known =
    [
        (MissingOption(), found => $"{found[1].Value} is missing."),
        (MissingArgument(), found => $"<{found[1].Value}> is missing."),
        (MissingValue(), found => $"{found[1].Value} needs a value."),
        (Repeated(), found => $"{found[1].Value} takes one value but was given {found[2].Value}."),
        (WrongType(), found => $"\"{found[1].Value}\" is not {Kind(found[3].Value)}, which {found[2].Value} takes."),
        (MissingVerb(), _ => "name a verb."),
    ];

    public static string Of(string message)
    {
        foreach (var (pattern, words) in Known)
        {
            if (pattern.Match(message) is { Success: true } match) return words(match.Groups);
        }

        return message;
    }

    private static string Kind(string type) => type switch
    {
        "System.Int32" or "System.Int64" => "a whole number",
        "System.Double" => "a number",
        "System.Boolean" => "true or false",
        _ when type.EndsWith(nameof(OutputFormat), StringComparison.Ordinal) => "text or json",
        _ => $"of the type {type}",
    };

    [GeneratedRegex("^Option '(.+)' is required")]
    private static partial Regex MissingOption();

    [GeneratedRegex("^Required argument '(.+)' missing for command")]
    private static partial Regex MissingArgument();

    [GeneratedRegex("^Required argument missing for option: '(.+)'")]
    private static partial Regex MissingValue();

    [GeneratedRegex("^Option '(.+)' expects a single argument but ([0-9]+) were provided")]
    private static partial Regex Repeated();

    [GeneratedRegex("^Cannot parse argument '(.*)' for (?:option|command) '(.+?)' as expected type '(.+?)'")]
    private static partial Regex WrongType();

    [GeneratedRegex("^Required command was not provided")]
    private static partial Regex MissingVerb();
}
