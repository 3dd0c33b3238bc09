using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Morula.Bench.Peer;

/// <summary>Numbers in a raw file.</summary>
/// <param name="File">Name in the folder of the dump.</param>
/// <param name="Type">As numpy calls it.</param>
/// <param name="Shape">Slowest axis first.</param>
internal sealed record ArrayFile(string File, string Type, long[] Shape)
{
    /// <summary>Writes a float32 tensor.</summary>
    public static ArrayFile Write(string folder, string name, Tensor values)
    {
        using var scope = NewDisposeScope();
        return Write<float>(folder, name, "<f4", values.detach().contiguous().data<float>().ToArray(), values.shape);
    }

    /// <summary>Writes whole numbers.</summary>
    public static ArrayFile Write(string folder, string name, int[] values, long[] shape) => Write<int>(folder, name, "<i4", values, shape);

    private static ArrayFile Write<T>(string folder, string name, string type, T[] values, long[] shape)
        where T : unmanaged
    {
        System.IO.File.WriteAllBytes(Path.Combine(folder, name), MemoryMarshal.AsBytes<T>(values));
        return new ArrayFile(name, type, shape);
    }
}
