using System.Reflection;
using System.Runtime.InteropServices;

namespace Morula.Measuring;

/// <summary>What a measurement was made with: figures without this mean nothing.</summary>
internal static class Machine
{
    /// <summary>One line per fact, as a Markdown list.</summary>
    /// <param name="clock">Tells the date.</param>
    public static string Describe(TimeProvider clock) => string.Join('\n',
        $"- date: {clock.GetUtcNow():yyyy-MM-dd HH:mm} UTC",
        $"- processor: {Processor()}, {Cores()} logical cores",
        $"- load average before: {Load()}",
        $"- system: {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}",
        $"- Morula {ProgramVersion}, TorchSharp {Version(typeof(TorchSharp.torch))}, libtorch {TorchSharp.torch.__version__}") + '\n';

    /// <summary>Version of this program, such as 0.1.0.</summary>
    public static string ProgramVersion => Version(typeof(MorulaOptions));

    /// <summary>System and runtime in one line.</summary>
    public static string System => $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}";

    private static string Processor()
    {
        const string Key = "model name";
        if (!File.Exists("/proc/cpuinfo")) return RuntimeInformation.ProcessArchitecture.ToString();
        string? line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(text => text.StartsWith(Key, StringComparison.Ordinal));
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    // The runtime may have been told to see fewer.
    private static int Cores() => File.Exists("/proc/cpuinfo")
        ? Math.Max(1, File.ReadLines("/proc/cpuinfo").Count(text => text.StartsWith("processor", StringComparison.Ordinal)))
        : Environment.ProcessorCount;

    private static string Load() => File.Exists("/proc/loadavg")
        ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3))
        : "unknown";

    private static string Version(Type type)
    {
        string version = type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        return version.Split('+')[0];
    }
}
