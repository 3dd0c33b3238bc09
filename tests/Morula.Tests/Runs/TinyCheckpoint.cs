using Morula.Model;
using Morula.Options;
using Morula.Samples;
using Morula.Tests.Formats;
using Morula.Tests.Layers;
using Morula.Tests.Model;
using Morula.Training;
using static TorchSharp.torch;

namespace Morula.Tests.Runs;

/// <summary>Checkpoints of tiny networks that find much by chance.</summary>
internal static class TinyCheckpoint
{
    /// <summary>The file of such a network of rank 3 or 4, made where it is missing.</summary>
    public static string In(TemporaryFolder folder, int rank = 3)
    {
        string path = folder[$"rank{rank}.safetensors"];
        if (File.Exists(path)) return path;
        using var scope = NewDisposeScope();
        ModelOptions options = TinyScene.Options(rank);
        using var model = new MaskRcnn(options, 3);
        // What a network of rank 3 finds by chance is found in every frame by one of rank 4 that starts with its weights.
        if (rank == 3) Weights.Randomise(model, 5);
        else Inheritance.Apply(Checkpoint.Load(In(folder)), model);
        var all = new MorulaOptions { Model = options, Samples = new SampleOptions { Crop = rank == 4 ? [3, 16, 16, 16] : [16] } };
        Checkpoint.Save(path, model, OptionsFile.Write(all), new Dictionary<string, string>());
        return path;
    }
}
