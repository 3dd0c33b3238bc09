using System.Runtime.InteropServices;
using System.Text;

namespace Morula.Tensors;

/// <summary>
/// Starts the program once more with settings of glibc's malloc. malloc reads them before the first line of a program runs, so they cannot be set from inside.
/// </summary>
public static unsafe partial class MemoryTunables
{
    /// <summary>Environment variable of glibc; where it is set already the user's own settings stay.</summary>
    public const string Variable = "GLIBC_TUNABLES";

    /// <summary>
    /// For the least memory: blocks of a mebibyte and more are mapped by themselves, so that they go back to the system as soon as they are free; large pages win
    /// back the time that costs.
    /// </summary>
    public const string Least = "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=1048576";

    /// <summary>For the least time where several threads each run a network: all take from one heap, which keeps what is free (up to a gibibyte) for the next tensor.</summary>
    public const string Fastest = "glibc.malloc.arena_max=1:glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=1073741824";

    /// <summary>Environment variable that marks the second start.</summary>
    public const string Guard = "MORULA_RESTARTED";

    private const string Self = "/proc/self/exe";
    private const string Arguments = "/proc/self/cmdline";

    /// <summary>Whether this environment asks for a second start.</summary>
    /// <param name="environment">Names and values.</param>
    public static bool AreWanted(IReadOnlyDictionary<string, string> environment) =>
        !environment.ContainsKey(Variable) && !environment.ContainsKey(Guard);

    /// <summary>The environment of the second start.</summary>
    /// <param name="environment">Names and values of the first.</param>
    /// <param name="settings"><see cref="Least"/> or <see cref="Fastest"/>.</param>
    public static IReadOnlyDictionary<string, string> Apply(IReadOnlyDictionary<string, string> environment, string settings) =>
        new Dictionary<string, string>(environment, StringComparer.Ordinal) { [Variable] = settings, [Guard] = "1" };

    /// <summary>
    /// Replaces this process by the same program with the same arguments, where that helps; to be called before anything else. Returns
    /// where it does not help (no glibc, settings of the user's own, started again already) or is not possible.
    /// </summary>
    /// <param name="environment">Names and values.</param>
    /// <param name="settings"><see cref="Least"/> or <see cref="Fastest"/>.</param>
    public static void RestartWith(IReadOnlyDictionary<string, string> environment, string settings)
    {
        if (!OperatingSystem.IsLinux() || !AreWanted(environment) || !IsGlibc()) return;
        try
        {
            string program = File.ResolveLinkTarget(Self, returnFinalTarget: true)?.FullName ?? Self;
            string[] arguments = Encoding.UTF8.GetString(File.ReadAllBytes(Arguments)).TrimEnd('\0').Split('\0');
            Execute(program, arguments, [.. Apply(environment, settings).Select(entry => $"{entry.Key}={entry.Value}")]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or EntryPointNotFoundException or DllNotFoundException)
        {
            // The program does the same work without, in more memory.
        }
    }

    private static bool IsGlibc() =>
        NativeLibrary.TryLoad("libc.so.6", out nint library) && NativeLibrary.TryGetExport(library, "gnu_get_libc_version", out _);

    // Returns only where it fails; what was allocated for the call is then a few kilobytes that stay.
    private static void Execute(string program, string[] arguments, string[] environment)
    {
        fixed (nint* argumentList = Pointers(arguments))
        fixed (nint* environmentList = Pointers(environment))
        {
            _ = Replace(program, argumentList, environmentList);
        }
    }

    private static nint[] Pointers(string[] texts) => [.. texts.Select(Marshal.StringToCoTaskMemUTF8), 0];

    [LibraryImport("libc", EntryPoint = "execve", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Replace(string program, nint* arguments, nint* environment);
}
