using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Morula.Tensors;

/// <summary>
/// Loads the tensor library. On Debian 12, Ubuntu 22.04 and other systems whose libstdc++ lacks GLIBCXX_3.4.32 the shipped
/// binding refuses to load for the sake of one symbol that is never called; a mended copy is then loaded from memory.
/// Nothing is written to disk and the packaged file stays as it is.
/// </summary>
public static partial class TorchLibrary
{
    private const string Binding = "LibTorchSharp";
    private const string Core = "libtorch_cpu.so";
    private const string NewestNeed = "GLIBCXX_3.4.32";
    private static string? failure;
    private static bool isLoaded;

    /// <summary>
    /// Loads the tensor library now, so that a system on which it cannot work says so plainly. Its threads sleep where they wait for each other, unless
    /// OMP_WAIT_POLICY says otherwise: what the program does beside the network needs the processor.
    /// </summary>
    /// <exception cref="PlatformNotSupportedException">The library cannot be loaded; the message says why and what to do.</exception>
    public static void EnsureLoaded()
    {
        SetWaiting();
        try
        {
            TorchSharp.torch.InitializeDeviceType(TorchSharp.DeviceType.CPU);
            isLoaded = true;
        }
        catch (Exception error) when (error is NotSupportedException or TypeInitializationException or DllNotFoundException)
        {
            throw new PlatformNotSupportedException(
                "The tensor library (libtorch) cannot be loaded on this system" +
                $" ({RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}): {failure ?? error.GetBaseException().Message}" +
                " It works on x64 Linux with glibc 2.34 and libstdc++ of GCC 12 or newer (Debian 12, Ubuntu 22.04, Fedora 36) and on x64 Windows;" +
                " RHEL 9 and its clones need a newer libstdc++ first in LD_LIBRARY_PATH (for example conda-forge's libstdcxx-ng).",
                error);
        }
    }

#pragma warning disable CA2255 // The resolver must stand before the first tensor, whoever makes it.
    [ModuleInitializer]
    internal static void Install()
    {
        if (OperatingSystem.IsLinux()) AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => Resolve(name);
    }
#pragma warning restore CA2255

    /// <summary>Begins to load the tensor library beside what the program does first; whether that works, <see cref="EnsureLoaded"/> tells.</summary>
    public static void BeginLoading()
    {
        if (!OperatingSystem.IsLinux() || Find(Core) is not { } file) return;
        SetWaiting();
        _ = Task.Run(() => NativeLibrary.TryLoad(file, out _));
    }

    /// <summary>
    /// Ends the process without taking the tensor library apart, which takes a fifth of a second; where it was not loaded, or elsewhere than on Linux, does
    /// nothing. To be called when everything is written and closed.
    /// </summary>
    /// <param name="code">Exit code, 0 to 255.</param>
    public static void LeaveIfLoaded(int code)
    {
        if (isLoaded && OperatingSystem.IsLinux()) Exit(code);
    }

    // The runtime's own variables are no environment to a native library.
    private static void SetWaiting()
    {
        if (OperatingSystem.IsLinux()) _ = SetVariable("OMP_WAIT_POLICY", "passive", overwrite: 0);
    }

    private static nint Resolve(string name)
    {
        if (!name.Contains(Binding, StringComparison.Ordinal)) return 0;
        string? path = Find($"lib{Binding}.so");
        if (path is null) return 0;
        try
        {
            foreach (string needed in new[] { "libc10.so", Core, "libtorch.so" })
            {
                if (Find(needed) is { } file) NativeLibrary.Load(file);
            }

            byte[] image = File.ReadAllBytes(path);
            return NativeLibraryMend.MakeWeak(image, NewestNeed) == 0 ? 0 : LoadFromMemory(image);
        }
        catch (Exception error) when (error is DllNotFoundException or IOException or EntryPointNotFoundException)
        {
            failure = error.Message;
            return 0;
        }
    }

    /// <summary>Where a file of the tensor library lies, or null.</summary>
    internal static string? PathOf(string file) => Find(file);

    private static string? Find(string file)
    {
        string searched = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? string.Empty;
        string rid = $"linux-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        string[] own = [AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, "runtimes", rid, "native")];
        return searched.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Concat(own)
            .Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
    }

    private static nint LoadFromMemory(byte[] image)
    {
        int descriptor = CreateMemoryFile(Binding, 0);
        if (descriptor < 0) throw new IOException("memfd_create failed: the mended binding cannot be held in memory.");
        using var handle = new Microsoft.Win32.SafeHandles.SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.Write(handle, image, 0);
        return NativeLibrary.Load($"/proc/self/fd/{descriptor}");
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void Exit(int code);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int CreateMemoryFile(string name, uint flags);
}
