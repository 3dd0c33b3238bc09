using Morula.Formats;
using Morula.Inference;
using Morula.Runs;
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

    /// <summary>Folder of the predictions; those of a movie make up a tracked one.</summary>
    public string Predicted => System.IO.Path.Combine(Path, "prediction");

    /// <summary>Where the cells of a held-out image lie; two images of one file name have folders of their own.</summary>
    public PredictionFiles Prediction(HeldOutImages images, int index)
    {
        string name = VolumeName.Of(images.Pairs[index].ImagePath);
        if (images.Movie is not null) return MovieFiles.In(Predicted, name);
        bool repeats = images.Pairs.Count(pair => VolumeName.Of(pair.ImagePath) == name) > 1;
        return PredictionFiles.In(repeats ? System.IO.Path.Combine(Predicted, $"{index:0000}") : Predicted, name);
    }

    /// <summary>Removes what a prediction that was stopped has left: its time counts as a whole.</summary>
    public void ClearPrediction()
    {
        if (Directory.Exists(Predicted)) Directory.Delete(Predicted, recursive: true);
    }
}
