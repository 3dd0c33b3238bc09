using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Morula.Options;

namespace Morula.Cli;

/// <summary>The command: parses, runs one verb, and answers with an <see cref="ExitCode"/>.</summary>
internal static class CommandLine
{
    private const string Name = "morula";

    /// <summary>Runs the command with all its verbs.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter error, CancellationToken stop = default) =>
        Run(Verbs.All.Create(), args, output, error, stop);

    /// <summary>Runs the command with some verbs.</summary>
    public static int Run(IEnumerable<Verb> verbs, string[] args, TextWriter output, TextWriter error, CancellationToken stop = default)
    {
        RootCommand root = Root(verbs);
        // An argument that begins with @ is an argument, not the name of a file with more of them.
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var streams = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        if (parsed.Action is ParseErrorAction) return Refuse(parsed, args.Length == 0, output, error);
        return ErrorBoundary.Run(() => parsed.InvokeAsync(streams, stop).GetAwaiter().GetResult(), error, CommonOptions.EventsOf(parsed, output));
    }

    private static RootCommand Root(IEnumerable<Verb> verbs)
    {
        var root = new RootCommand("Finds every cell of a living embryo in 3D and 4D images.") { HelpName = Name };
        foreach (Option option in CommonOptions.OfAll) root.Add(option);
        foreach (Verb verb in verbs) root.Add(verb);
        root.Directives.Clear();
        root.Add(new SuggestDirective());
        foreach (Option option in root.Options)
        {
            if (option is HelpOption help)
            {
                help.Action = new ExamplesHelp((HelpAction)help.Action!);
                // Elsewhere than on Windows these are paths.
                if (!OperatingSystem.IsWindows()) foreach (string path in new[] { "/h", "/?" }) help.Aliases.Remove(path);
            }

            if (option is VersionOption version) version.Action = new VersionLine();
        }

        return root;
    }

    private static int Refuse(ParseResult parsed, bool isEmpty, TextWriter output, TextWriter error)
    {
        if (isEmpty) return parsed.RootCommandResult.Command.Parse("--help").Invoke(new InvocationConfiguration { Output = error }) + ExitCode.Refused;
        Command command = parsed.CommandResult.Command;
        string help = $"{(command is RootCommand ? Name : $"{Name} {command.Name}")} --help";
        return ErrorBoundary.Tell(ExitCode.Refused, $"{Problem(parsed, command)} See \"{help}\".", error, CommonOptions.EventsOf(parsed, output));
    }

    private static string Problem(ParseResult parsed, Command command)
    {
        if (parsed.UnmatchedTokens is not [string unknown, ..]) return PlainWords.Of(parsed.Errors[0].Message);
        bool isOption = unknown.StartsWith('-');
        IEnumerable<string> known = isOption
            ? command.Options.Concat(parsed.RootCommandResult.Command.Options.Where(option => option.Recursive)).Select(option => option.Name)
            : command.Subcommands.Select(verb => verb.Name);
        string what = isOption ? "option" : command is RootCommand ? "verb" : "argument";
        string? nearest = NearestName.Of(unknown, known);
        return $"there is no {what} \"{unknown}\"{(nearest is null ? "." : $"; the nearest is {nearest}.")}";
    }
}
