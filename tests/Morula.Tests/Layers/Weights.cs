using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Morula.Tests.Layers;

/// <summary>Reads and sets the weights of a module by name.</summary>
internal static class Weights
{
    public static Dictionary<string, Parameter> Of(nn.Module module) =>
        module.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter, StringComparer.Ordinal);

    public static void Randomise(nn.Module module, int seed)
    {
        foreach (var (_, parameter) in module.named_parameters())
            Set(parameter, Dense.Random(seed++, [.. parameter.shape.Select(size => (int)size)]).Values);
    }

    public static void Set(Parameter parameter, ReadOnlySpan<float> values)
    {
        using var guard = no_grad();
        using Tensor given = tensor(values.ToArray(), parameter.shape);
        parameter.copy_(given);
    }

    /// <summary>Copies the weights below a prefix of one module into another.</summary>
    public static void Copy(nn.Module from, string prefix, nn.Module to)
    {
        using var guard = no_grad();
        Dictionary<string, Parameter> source = Of(from);
        foreach (var (name, parameter) in to.named_parameters()) parameter.copy_(source[prefix + name]);
    }
}
