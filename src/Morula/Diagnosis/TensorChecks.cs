using Morula.Tensors;
using static TorchSharp.torch;

namespace Morula.Diagnosis;

/// <summary>The tensor library: loads, and computes.</summary>
internal static class TensorChecks
{
    private const int Side = 8;
    private const int Kernel = 3;

    public static IEnumerable<Check> All(Action load)
    {
        yield return new Check("tensors", "use a system that the message names; where files are missing, install Morula anew.", check => Tensors(check, load));
        yield return new Check("graphics card", "install NVIDIA's driver for CUDA 12.8 or newer; without it all is computed on the processor.", Card);
    }

    private static Finding Tensors(Check check, Action load)
    {
        load();
        RequireConvolution(CPU);
        return check.Ok($"libtorch {__version__}, {get_num_threads()} threads; a convolution is right");
    }

    private static Finding Card(Check check)
    {
        if (!ComputeDevice.IsCudaBuiltIn) return check.Ok("CUDA is not built in; all is computed on the processor");
        if (!cuda.is_available()) return check.Warning("CUDA is built in, but there is no card that it can use");
        RequireConvolution(CUDA);
        return check.Ok($"{cuda.device_count()} with CUDA; a convolution is right, and networks use it unless told otherwise (Device)");
    }

    // The sum over a window of ones is its size.
    private static void RequireConvolution(Device device)
    {
        using var scope = NewDisposeScope();
        Tensor image = ones([1, 1, Side, Side, Side], device: device);
        Tensor sums = nn.functional.conv3d(image, ones([1, 1, Kernel, Kernel, Kernel], device: device)).cpu();
        float[] values = sums.data<float>().ToArray();
        int count = (int)Math.Pow(Side - Kernel + 1, 3);
        if (values.Length != count || Array.Exists(values, value => value != Kernel * Kernel * Kernel))
            throw new InvalidOperationException($"a convolution of ones on {device} gives {values.Min()} to {values.Max()}; {Kernel * Kernel * Kernel} is expected.");
    }
}
