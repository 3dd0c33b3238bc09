using System.Diagnostics;
using System.Text.Json;

namespace Morula.Bench.Peer;

/// <summary>The same network in PyTorch: bench/peers/step.py under some interpreter.</summary>
/// <param name="python">Interpreter.</param>
/// <param name="libraries">Folder of other libraries than the system's, such as a faster libblas; null: none.</param>
internal sealed class PeerScript(string python, string? libraries)
{
    private const string BlasKernels = "OPENBLAS_CORETYPE";

    /// <summary>Why it cannot run, in one line; null where it can.</summary>
    public string? Obstacle()
    {
        if (!File.Exists(python)) return $"there is no {python}; give an interpreter that has PyTorch with --python.";
        var start = new ProcessStartInfo(python) { ArgumentList = { "-c", "import torch" }, RedirectStandardError = true, UseShellExecute = false };
        using Process probe = Process.Start(start)!;
        string said = probe.StandardError.ReadToEnd().Trim().Split('\n')[^1];
        probe.WaitForExit();
        return probe.ExitCode == 0 ? null : $"{python} cannot import torch ({said}); give an interpreter that can with --python.";
    }

    /// <summary>Settings of OpenBLAS worth trying: as in the environment, and none where it has one.</summary>
    public static IReadOnlyList<string> BlasChoices() => Environment.GetEnvironmentVariable(BlasKernels) is { Length: > 0 } chosen ? [chosen, ""] : [""];

    /// <summary>Measures what has been dumped.</summary>
    /// <param name="setting">Where it has been dumped, and the threads.</param>
    /// <param name="malloc">GLIBC_TUNABLES; empty: none.</param>
    /// <param name="kernels">OPENBLAS_CORETYPE; empty: none.</param>
    public ScriptResult Measure(PeerSetting setting, string malloc, string kernels)
    {
        var start = new ProcessStartInfo(python) { ArgumentList = { Repository.File("bench", "peers", "step.py"), setting.Folder } };
        // Nothing but results is to be left behind.
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        PeerMalloc.Apply(start, malloc);
        start.Environment.Remove(BlasKernels);
        if (kernels.Length > 0) start.Environment[BlasKernels] = kernels;
        if (libraries is not null) start.Environment["LD_LIBRARY_PATH"] = Path.GetFullPath(libraries);
        return JsonSerializer.Deserialize<ScriptResult>(Child.Ask(start, setting.Threads, $"{python} at {Sizes.Name(setting.Extent)}"))!;
    }
}
