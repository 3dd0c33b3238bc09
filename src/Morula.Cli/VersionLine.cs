using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace Morula.Cli;

/// <summary>Writes name and version.</summary>
internal sealed class VersionLine : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parsed)
    {
        var version = typeof(VersionLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
        parsed.InvocationConfiguration.Output.WriteLine($"morula {version?.InformationalVersion}");
        return ExitCode.Done;
    }
}
