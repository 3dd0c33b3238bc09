using System.Collections;
using System.Runtime.InteropServices;
using System.Text;

namespace Morula.Tensors;

/// <summary>
/// Starts the program once more with settings of glibc's malloc and of the runtime that are read before the first line of a program, so that they cannot be set from inside. They save
/// time: memory that the system has just given is slow at its first touch, most of all in a virtual machine.
/// </summary>
public static unsafe partial class SecondStart
{
    /// <summary>Environment variable of glibc; where it is set already the user's own settings stay.</summary>
    public const string Malloc = "GLIBC_TUNABLES";

    /// <summary>All threads take from one heap of large pages, which keeps what is free (up to a gibibyte) for the next tensor; <see cref="NativeHeap.GiveBackEarly"/> ends that.</summary>
    public const string MallocSettings = "glibc.malloc.hugetlb=1:glibc.malloc.arena_max=1:glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=1073741824";

    /// <summary>Environment variable of the runtime: compiled methods are written where they run rather than through a second mapping. Where it is set already it stays.</summary>
    public const string Mapping = "DOTNET_EnableWriteXorExecute";

    /// <summary>Environment variable that marks the second start.</summary>
    public const string Guard = "MORULA_RESTARTED";

    private const string Self = "/proc/self/exe";
    private const string Arguments = "/proc/self/cmdline";

    /// <summary>Whether this environment asks for a second start.</summary>
    /// <param name="environment">Names and values.</param>
    public static bool IsWanted(IReadOnlyDictionary<string, string> environment) => !environment.ContainsKey(Malloc) && !environment.ContainsKey(Guard);

    /// <summary>The environment of the second start.</summary>
    /// <param name="environment">Names and values of the first.</param>
    public static IReadOnlyDictionary<string, string> Apply(IReadOnlyDictionary<string, string> environment)
    {
        var second = new Dictionary<string, string>(environment, StringComparer.Ordinal) { [Malloc] = MallocSettings, [Guard] = "1" };
        second.TryAdd(Mapping, "0");
        return second;
    }

    /// <summary>
    /// Replaces this process by the same program with the same arguments, where that helps; to be called before anything else. Returns
    /// where it does not help (no glibc, settings of the user's own, started again already) or is not possible.
    /// </summary>
    public static void Begin()
    {
        IReadOnlyDictionary<string, string> environment = Present();
        if (!OperatingSystem.IsLinux() || !IsWanted(environment) || !Glibc.IsHere) return;
        try
        {
            string program = File.ResolveLinkTarget(Self, returnFinalTarget: true)?.FullName ?? Self;
            string[] arguments = Encoding.UTF8.GetString(File.ReadAllBytes(Arguments)).TrimEnd('\0').Split('\0');
            Execute(program, arguments, [.. Apply(environment).Select(entry => $"{entry.Key}={entry.Value}")]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or EntryPointNotFoundException or DllNotFoundException)
        {
            // The program does the same work without, in more time.
        }
    }

    /// <summary>The environment of this process.</summary>
    internal static IReadOnlyDictionary<string, string> Present() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? string.Empty, StringComparer.Ordinal);

    /// <summary>Whether this process is one that was started again.</summary>
    internal static bool IsHere => Environment.GetEnvironmentVariable(Guard) is not null;

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
