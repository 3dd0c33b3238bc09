using System.CommandLine;

namespace Morula.Cli;

/// <summary>One thing the command can do, with examples for its help.</summary>
internal sealed class Verb : Command
{
    private Verb(string name, string description, IReadOnlyList<VerbExample> examples)
        : base(name, description) => Examples = examples;

    public IReadOnlyList<VerbExample> Examples { get; }

    /// <summary>Makes a verb.</summary>
    /// <param name="name">Its name on the command line.</param>
    /// <param name="description">What it does, in one sentence.</param>
    /// <param name="examples">At least one command line and what it does.</param>
    /// <param name="symbols">Its arguments and options.</param>
    /// <param name="run">What it does.</param>
    public static Verb Create(string name, string description, IReadOnlyList<VerbExample> examples, IEnumerable<Symbol> symbols, Action<VerbContext> run)
    {
        var verb = new Verb(name, description, examples);
        foreach (Symbol symbol in symbols)
        {
            if (symbol is Argument argument) verb.Add(argument);
            else verb.Add((Option)symbol);
        }

        verb.SetAction((parsed, stop) =>
        {
            using var context = new VerbContext(parsed, stop);
            run(context);
            context.End();
            return Task.FromResult(context.Code);
        });
        return verb;
    }
}
