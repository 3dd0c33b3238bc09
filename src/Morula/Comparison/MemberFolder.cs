using Morula.Formats;
using Morula.Inference;
using Morula.Samples;
using Morula.Training;

namespace Morula.Comparison;

/// <summary>Where the results of one training, or of the classical segmentation, lie.</summary>
/// <param name="Path">Its folder.</param>
internal sealed record MemberFolder(string Path)
{
    /// <summary>Checkpoints and log.</summary>
    public TrainingFolder Training => new(System.IO.Path.Combine(Path, "training"));

    /// <summary>What training has cost so far.</summary>
    public string Cost => System.IO.Path.Combine(Path, "training.json");

    /// <summary>Result, there when all is done.</summary>
    public string Result => System.IO.Path.Combine(Path, "result.json");

    /// <summary>Every score of every held-out image.</summary>
    public string Scores => System.IO.Path.Combine(Path, "scores.json");

    /// <summary>What a stage is told.</summary>
    public string Request(MemberStage stage) => System.IO.Path.Combine(Path, $"{stage.ToString().ToLowerInvariant()}_request.json");

    /// <summary>Where the cells of a held-out image lie; two images of one file name have folders of their own.</summary>
    public PredictionFiles Prediction(IReadOnlyList<Pair> pairs, int index)
    {
        string name = VolumeName.Of(pairs[index].ImagePath);
        string folder = System.IO.Path.Combine(Path, "prediction");
        bool repeats = pairs.Count(pair => VolumeName.Of(pair.ImagePath) == name) > 1;
        return PredictionFiles.In(repeats ? System.IO.Path.Combine(folder, $"{index:0000}") : folder, name);
    }
}
