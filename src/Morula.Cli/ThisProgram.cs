using Morula.Comparison;

namespace Morula.Cli;

/// <summary>Starts this program again.</summary>
internal static class ThisProgram
{
    /// <summary>Starts it with a verb and the path of a request.</summary>
    /// <exception cref="PlatformNotSupportedException">The system does not say where the program is.</exception>
    public static ProcessLauncher Launcher(string verb)
    {
        string program = Environment.ProcessPath ?? throw new PlatformNotSupportedException("the system does not say where this program is, so it cannot start itself.");
        // Started as "dotnet morula.dll", the process is dotnet.
        bool isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        return new ProcessLauncher(program, isHost ? [typeof(ThisProgram).Assembly.Location, verb] : [verb]);
    }
}
