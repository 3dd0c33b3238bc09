using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Tensors;

/// <summary>
/// Lets convolutions and linear layers of this thread compute with bfloat16 while it lives (libtorch's autocast, which TorchSharp
/// does not expose): weights stay float32 and are converted on the way, sums are kept in float32 inside an operator.
/// </summary>
internal sealed unsafe class HalfPrecision : IDisposable
{
    /// <summary>Why it is not there.</summary>
    public const string Missing = "BFloat16 is not available: this build of libtorch does not offer it, or its convolutions are wrong on this processor.";

    private const byte BFloat16Type = 15;
    private static readonly Lazy<bool> Right = new(IsConvolutionRight);
    private static readonly Lazy<nint> Library = new(() => Find("libtorch_cpu.so", "torch_cpu.dll"));
    private readonly byte device;

    private HalfPrecision(byte device) => this.device = device;

    /// <summary>Whether this system's tensor library can do it, and its convolutions are right on this processor (on AMD's Zen 5 those of oneDNN 3.7 are not).</summary>
    public static bool IsAvailable => IsExported && Right.Value;

    private static bool IsExported => Address("_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb") != 0;

    /// <summary>Begins; null where <paramref name="isWanted"/> is false.</summary>
    /// <exception cref="PlatformNotSupportedException">The library does not export what is needed.</exception>
    public static HalfPrecision? Begin(bool isWanted, DeviceType device = DeviceType.CPU)
    {
        if (!isWanted) return null;
        if (!(device == DeviceType.CPU ? IsAvailable : IsExported)) throw new PlatformNotSupportedException($"{Missing} Set Training.Memory.Precision to Float32.");
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

    // Channels that do not fill the blocks that oneDNN works in.
    private static bool IsConvolutionRight()
    {
        const int Inputs = 24, Outputs = 8, Side = 12, Taps = 3;
        const double Tolerance = 0.02;
        TorchLibrary.EnsureLoaded();
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        using Scalar mapStep = 0.37, weightStep = 0.61;
        Tensor map = arange(Inputs * Side * Side, float32).mul_(mapStep).sin_().reshape(1, Inputs, Side, Side);
        Tensor weight = arange(Outputs * Inputs * Taps * Taps, float32).mul_(weightStep).cos_().reshape(Outputs, Inputs, Taps, Taps);
        Tensor exact = nn.functional.conv2d(map.to(float64), weight.to(float64)), half = nn.functional.conv2d(map.to(bfloat16), weight.to(bfloat16));
        return (half.to(float64).Minus(exact).abs().max() / exact.abs().max()).item<double>() < Tolerance;
    }

    private static nint Find(params string[] names)
    {
        TorchLibrary.EnsureLoaded();
        foreach (string name in names)
            if (TorchLibrary.PathOf(name) is { } path && NativeLibrary.TryLoad(path, out nint library)) return library;
        return 0;
    }
}
