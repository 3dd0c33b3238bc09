using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using Morula.Options;
using Morula.Synthesis;
using Morula.Tracking;

namespace Morula.Cli;

/// <summary>The names of options that --set takes, for completion.</summary>
internal static class SetNames
{
    /// <summary>Each name with an equals sign, those of the verb that is being typed.</summary>
    public static IEnumerable<string> Suggest(CompletionContext context) => Rows(context.ParseResult.CommandResult)
        .Where(row => !row.Key.Contains("[]", StringComparison.Ordinal))
        .Select(row => $"{row.Key}=");

    private static IReadOnlyList<OptionRow> Rows(CommandResult typed) => typed.Command.Name switch
    {
        "track" => OptionsDescription.Of<LinkOptions>(),
        "synthesize" => (typed.Tokens.Count > 0 ? typed.Tokens[0].Value : string.Empty) switch
        {
            "toy" => OptionsDescription.Of<ToyOptions>(),
            "movie" => OptionsDescription.Of<EmbryoMovieOptions>(),
            "tissue" => OptionsDescription.Of<TissueOptions>(),
            _ => OptionsDescription.Of<EmbryoOptions>(),
        },
        _ => OptionsDescription.Of<MorulaOptions>(),
    };
}
