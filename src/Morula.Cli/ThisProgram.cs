using Morula.Comparison;

namespace Morula.Cli;

/// <summary>Starts this program again.</summary>
internal static class ThisProgram
{
    /// <summary>Starts it with a verb and the path of a request.</summary>
    /// <exception cref="PlatformNotSupportedException">The system does not say where the program is.</exception>
    public static ProcessLauncher Launcher(string verb) => new(Path, Arguments(verb));

    /// <summary>The executable.</summary>
    /// <exception cref="PlatformNotSupportedException">The system does not say where the program is.</exception>
    public static string Path => Environment.ProcessPath ?? throw new PlatformNotSupportedException("the system does not say where this program is, so it cannot start itself.");

    /// <summary>Arguments of the executable up to a verb.</summary>
    public static string[] Arguments(string verb)
    {
        // Started as "dotnet morula.dll", the process is dotnet.
        bool isHost = System.IO.Path.GetFileNameWithoutExtension(Path) == "dotnet";
        return isHost ? [typeof(ThisProgram).Assembly.Location, verb] : [verb];
    }
}
