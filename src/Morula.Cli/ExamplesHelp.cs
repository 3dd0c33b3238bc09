using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Morula.Cli;

/// <summary>The usual help, and after it the examples of the verb.</summary>
internal sealed class ExamplesHelp(HelpAction usual) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parsed)
    {
        int code = usual.Invoke(parsed);
        if (parsed.CommandResult.Command is not Verb verb) return code;
        TextWriter output = parsed.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (VerbExample example in verb.Examples)
        {
            output.WriteLine($"  {example.Meaning}");
            output.WriteLine($"    morula {example.Line}");
        }

        output.WriteLine();
        return code;
    }
}
