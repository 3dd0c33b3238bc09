using Morula.Inference;
using Morula.Model;
using Morula.Options;
using Morula.Samples;
using Morula.Tensors;
using Morula.Tracking;
using Morula.Training;

namespace Morula;

/// <summary>Every option of a run, one section per room. A file says only what differs from its preset.</summary>
public sealed record MorulaOptions
{
    /// <summary>Preset that the file starts from: nano, lean, large or reference. Default lean.</summary>
    public string Preset { get; init; } = "lean";

    /// <summary>
    /// What the network computes on: auto (a graphics card where there is one that can be used, else the processor), cpu, cuda or cuda:N. A checkpoint
    /// is used on any device, whatever it was made on. Default auto.
    /// </summary>
    public string Device { get; init; } = ComputeDevice.Auto;

    /// <summary>Which images, on which grid, how they are varied.</summary>
    public SampleOptions Samples { get; init; } = new();

    /// <summary>The network.</summary>
    public ModelOptions Model { get; init; } = new();

    /// <summary>How it is taught.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>How it is applied.</summary>
    public InferenceOptions Inference { get; init; } = new();

    /// <summary>How the cells of a movie are linked from frame to frame.</summary>
    public LinkOptions Linking { get; init; } = new();

    /// <summary>Reads an options file, or takes a preset by its name, then applies overrides of the form Section.Key=value.</summary>
    /// <exception cref="OptionsException">The file or an override does not fit.</exception>
    public static MorulaOptions Read(string pathOrPreset, IEnumerable<string> overrides)
    {
        if (Presets.All.TryGetValue(pathOrPreset, out MorulaOptions? preset)) return OptionsFile.Override(preset, overrides);
        if (!File.Exists(pathOrPreset))
            throw new OptionsException(pathOrPreset, $"there is no such options file, nor a preset of this name; presets are {string.Join(", ", Presets.All.Keys)}.");
        MorulaOptions named = OptionsFile.Read<MorulaOptions>(pathOrPreset, []);
        return OptionsFile.Read(Presets.Named(named.Preset, pathOrPreset), pathOrPreset, overrides);
    }
}
