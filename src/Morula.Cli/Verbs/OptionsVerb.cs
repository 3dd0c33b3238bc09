using System.CommandLine;
using System.Text.Json.Nodes;
using Morula.Options;
using Morula.Runs;

namespace Morula.Cli.Verbs;

/// <summary>morula options: what can be set.</summary>
internal static class OptionsVerb
{
    private static readonly Argument<string> Source = new("preset")
    {
        Description = "Name of a preset (nano, lean, lean4d, large, reference), or an options file.",
        DefaultValueFactory = _ => "lean",
        HelpName = "preset",
        CompletionSources = { _ => Presets.All.Keys },
    };

    private static readonly Option<bool> Table = new("--table") { Description = "Prints a table with types and ranges instead of JSON." };

    public static Verb Create() => Verb.Create(
        "options",
        "Prints the options of a preset or a file, whole, as JSON to start from.",
        [
            new VerbExample("options lean", "prints the lean preset"),
            new VerbExample("options lean --table", "lists every option with its type and range"),
            new VerbExample("options my.json --set Training.Steps=100", "shows what a file and an override come to"),
        ],
        [Source, Table, CommonOptions.Set],
        Run);

    private static void Run(VerbContext context)
    {
        MorulaOptions options = OptionsCheck.Require(MorulaOptions.Read(context.Value(Source), context.Value(CommonOptions.Set)));
        IReadOnlyList<OptionRow> rows = OptionsDescription.Of(options);
        context.Result(context.Value(Table) ? new { rows } : (object)new { options = JsonNode.Parse(OptionsFile.Write(options)) }, output =>
        {
            if (context.Value(Table)) OptionsTable.Print(output, rows);
            else output.WriteLine(OptionsFile.Write(options));
        });
    }
}
