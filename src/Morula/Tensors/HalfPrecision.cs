using System.Runtime.InteropServices;
using TorchSharp;

namespace Morula.Tensors;

/// <summary>
/// Lets convolutions and linear layers of this thread compute with bfloat16 while it lives (libtorch's autocast, which TorchSharp
/// does not expose): weights stay float32 and are converted on the way, sums are kept in float32 inside an operator.
/// </summary>
internal sealed unsafe class HalfPrecision : IDisposable
{
    private const byte BFloat16Type = 15;
    private static readonly Lazy<nint> Library = new(() => Find("libtorch_cpu.so", "torch_cpu.dll"));
    private readonly byte device;

    private HalfPrecision(byte device) => this.device = device;

    /// <summary>Whether this system's tensor library can do it.</summary>
    public static bool IsAvailable => Address("_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb") != 0;

    /// <summary>Begins; null where <paramref name="isWanted"/> is false.</summary>
    /// <exception cref="PlatformNotSupportedException">The library does not export what is needed.</exception>
    public static HalfPrecision? Begin(bool isWanted, DeviceType device = DeviceType.CPU)
    {
        if (!isWanted) return null;
        if (!IsAvailable) throw new PlatformNotSupportedException("BFloat16 is not available with this build of libtorch; set Training.Memory.Precision to Float32.");
        ((delegate* unmanaged<byte, byte, void>)Address("_ZN2at8autocast18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE"))((byte)device, BFloat16Type);
        Switch((byte)device, on: true);
        _ = ((delegate* unmanaged<int>)Address("_ZN2at8autocast17increment_nestingEv"))();
        return new HalfPrecision((byte)device);
    }

    /// <summary>Ends, and lets go of the converted weights.</summary>
    public void Dispose()
    {
        if (((delegate* unmanaged<int>)Address("_ZN2at8autocast17decrement_nestingEv"))() == 0)
            ((delegate* unmanaged<void>)Address("_ZN2at8autocast11clear_cacheEv"))();
        Switch(device, on: false);
    }

    private static void Switch(byte device, bool on) =>
        ((delegate* unmanaged<byte, byte, void>)Address("_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb"))(device, on ? (byte)1 : (byte)0);

    private static nint Address(string name) =>
        Library.Value != 0 && NativeLibrary.TryGetExport(Library.Value, name, out nint address) ? address : 0;

    private static nint Find(params string[] names)
    {
        TorchLibrary.EnsureLoaded();
        foreach (string name in names)
            if (TorchLibrary.PathOf(name) is { } path && NativeLibrary.TryLoad(path, out nint library)) return library;
        return 0;
    }
}
