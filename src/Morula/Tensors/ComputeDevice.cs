using System.Globalization;
using Morula.Options;
using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Tensors;

/// <summary>What networks compute on: the processor, or a graphics card where a CUDA build of libtorch is installed.</summary>
public static class ComputeDevice
{
    /// <summary>A graphics card where there is one that can be used, else the processor.</summary>
    public const string Auto = "auto";

    /// <summary>What a message says of a name that is none.</summary>
    internal const string Expected = "expected auto, cpu, cuda or cuda:N, N counting the cards from 0";

    private const string Source = "Device";
    private const string Processor = "cpu";
    private const string Card = "cuda";

    /// <summary>Whether the installed tensor library can use graphics cards.</summary>
    public static bool IsCudaBuiltIn => TorchLibrary.PathOf("libtorch_cuda.so") is not null || TorchLibrary.PathOf("torch_cuda.dll") is not null;

    /// <summary>Whether a name is one of those that <see cref="Named"/> takes, whatever this machine has.</summary>
    public static bool IsName(string name) => name is Auto or Processor || IndexOf(name) is not null;

    /// <summary>The device of a name: auto, cpu, cuda or cuda:N.</summary>
    /// <exception cref="OptionsException">Not such a name, or this machine has no such device.</exception>
    public static Device Named(string name)
    {
        if (name == Processor || (name == Auto && !(IsCudaBuiltIn && cuda.is_available()))) return CPU;
        if (name == Auto) return CUDA;
        int index = IndexOf(name) ?? throw new OptionsException(Source, $"\"{name}\" is no device; {Expected}.");
        if (!IsCudaBuiltIn)
            throw new OptionsException(Source, $"{name} is asked for, but this installation has libtorch for the processor alone; install the package of libtorch for CUDA, or leave Device at auto.");
        int count = cuda.is_available() ? cuda.device_count() : 0;
        if (index >= count) throw new OptionsException(Source, $"{name} is asked for, but there {(count == 1 ? "is 1 card" : $"are {count} cards")} that CUDA can use; `morula doctor` tells more.");
        return new Device(DeviceType.CUDA, index);
    }

    /// <summary>Words for people.</summary>
    public static string Words(Device device) => device.type == DeviceType.CPU
        ? string.Create(CultureInfo.InvariantCulture, $"the processor with {get_num_threads()} thread{(get_num_threads() == 1 ? "" : "s")}")
        : string.Create(CultureInfo.InvariantCulture, $"graphics card {Math.Max(0, device.index)} (CUDA)");

    private static int? IndexOf(string name)
    {
        if (name == Card) return 0;
        bool isNumbered = name.StartsWith($"{Card}:", StringComparison.Ordinal);
        return isNumbered && int.TryParse(name.AsSpan(Card.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : null;
    }
}
