using System.Runtime.InteropServices;
using Morula.Formats;
using Morula.Measuring;
using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Model;

/// <summary>Weights with everything needed to use them again, in one safetensors file that Python reads too.</summary>
/// <remarks>The file's metadata holds the format version, the program's version, the whole options as JSON, and what the trainer adds.</remarks>
public sealed class Checkpoint
{
    /// <summary>Version of the layout; another one is refused.</summary>
    public const string FormatVersion = "1";

    private const string FormatKey = "morula.format";
    private const string OptionsKey = "morula.options";
    private const string VersionKey = "morula.version";
    private const string OptimizerName = "optimizer.state";
    private readonly string path;
    private readonly Dictionary<string, NamedArray> arrays;

    private Checkpoint(string path, IReadOnlyDictionary<string, string> metadata, Dictionary<string, NamedArray> arrays)
    {
        this.path = path;
        this.arrays = arrays;
        Metadata = metadata;
    }

    /// <summary>File that it was read from.</summary>
    public string Path => path;

    /// <summary>All metadata, the trainer's included.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The whole options as JSON.</summary>
    public string Options => Metadata[OptionsKey];

    /// <summary>State of the optimiser, where the trainer saved it; else null.</summary>
    public byte[]? OptimizerState => arrays.TryGetValue(OptimizerName, out var state) ? state.Bytes() : null;

    /// <summary>Writes a checkpoint: to a temporary name, then renamed.</summary>
    /// <param name="path">Target file.</param>
    /// <param name="model">Its weights are saved.</param>
    /// <param name="options">The whole options as JSON.</param>
    /// <param name="metadata">What the trainer adds.</param>
    public static void Save(string path, MaskRcnn model, string options, IReadOnlyDictionary<string, string> metadata) =>
        Save(path, model, options, metadata, null);

    /// <summary>As above, with the optimiser's state, where training is to go on.</summary>
    internal static void Save(string path, MaskRcnn model, string options, IReadOnlyDictionary<string, string> metadata, NamedArray? optimizerState)
    {
        using var guard = no_grad();
        var saved = new List<NamedArray>();
        foreach (var (name, parameter) in model.named_parameters()) saved.Add(NamedArray.Of(name, parameter.shape, () => Numbers(parameter)));
        if (optimizerState is not null) saved.Add(optimizerState);
        var all = new Dictionary<string, string>(metadata, StringComparer.Ordinal)
        {
            [FormatKey] = FormatVersion,
            [OptionsKey] = options,
            [VersionKey] = typeof(Checkpoint).Assembly.GetName().Version?.ToString() ?? string.Empty,
        };
        AtomicFile.Write(path, stream => SafeTensors.Write(stream, all, saved));
    }

    /// <summary>State of an optimiser as it is saved: so many bytes, written when asked for.</summary>
    internal static NamedArray StateOfOptimizer(long length, Action<Stream> write) => NamedArray.Of(OptimizerName, length, write);

    /// <summary>Reads a checkpoint; its weights are read when they are applied.</summary>
    /// <exception cref="VolumeFormatException">No such file, not a checkpoint, truncated, or of another format version.</exception>
    public static Checkpoint Load(string path)
    {
        var (metadata, arrays) = SafeTensors.Read(path);
        if (!metadata.TryGetValue(FormatKey, out string? format) || !metadata.ContainsKey(OptionsKey))
            throw new VolumeFormatException(path, "this safetensors file was not written by train: its metadata lacks the options.");
        if (format != FormatVersion)
            throw new VolumeFormatException(path, $"the checkpoint has format version {format}, this program reads version {FormatVersion}; use the program that wrote it, or train again.");
        return new Checkpoint(path, metadata, arrays);
    }

    /// <summary>One weight, float32 on the host; null where there is none of this name.</summary>
    internal Tensor? Weight(string name) => arrays.TryGetValue(name, out var array) && array.Kind == "F32"
        ? tensor(MemoryMarshal.Cast<byte, float>(array.Bytes()).ToArray(), array.Shape)
        : null;

    /// <summary>Copies the weights into a model.</summary>
    /// <exception cref="VolumeFormatException">A weight is missing, superfluous or of another shape.</exception>
    public void ApplyTo(MaskRcnn model)
    {
        using var guard = no_grad();
        var expected = model.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter, StringComparer.Ordinal);
        foreach (string name in arrays.Keys.Where(name => name != OptimizerName && !expected.ContainsKey(name)))
            throw new VolumeFormatException(path, $"the weight {name} has no place in the network that the options describe.");
        foreach (var (name, parameter) in expected)
        {
            if (!arrays.TryGetValue(name, out var array)) throw new VolumeFormatException(path, $"the weight {name} is missing.");
            if (array.Kind != "F32" || !array.Shape.SequenceEqual(parameter.shape) || array.Length != parameter.numel() * sizeof(float))
            {
                throw new VolumeFormatException(
                    path, $"the weight {name} is {array.Kind} [{string.Join(", ", array.Shape)}]; F32 [{string.Join(", ", parameter.shape)}] is expected.");
            }

            using Tensor values = tensor(MemoryMarshal.Cast<byte, float>(array.Bytes()).ToArray(), array.Shape);
            parameter.copy_(values);
            HostGarbage.Collect();
        }
    }

    private static float[] Numbers(Tensor parameter)
    {
        using var scope = NewDisposeScope();
        return parameter.detach().cpu().contiguous().data<float>().ToArray();
    }
}
