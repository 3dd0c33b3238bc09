using Morula.Evaluation;
using Morula.Formats;
using Morula.Inference;
using Morula.Measuring;
using Morula.Model;
using Morula.Samples;
using static TorchSharp.torch;

namespace Morula.Training;

/// <summary>Scores a network on held-out images with the real predictor: what the user will get is what is judged.</summary>
/// <param name="options">Of the run.</param>
/// <param name="pairs">Held-out images.</param>
/// <param name="device">Where the network lives.</param>
internal sealed class Validator(MorulaOptions options, IReadOnlyList<Pair> pairs, Device device)
{
    /// <summary>Name of the score that chooses the best checkpoint: the mean of SEG and accuracy@0.5.</summary>
    public const string Decisive = "validation score";

    private static readonly string[] Shown = ["SEG", "accuracy@0.5", "accuracy@0.75", "AP50"];

    /// <summary>Scores by name; none where no image is held out.</summary>
    public IReadOnlyDictionary<string, double> Score(MaskRcnn model, CancellationToken cancellation)
    {
        if (pairs.Count == 0 || options.Training.ValidationImages == 0) return new Dictionary<string, double>(StringComparer.Ordinal);
        var predictor = new Predictor(model, options.Samples, options.Inference, device);
        var judgement = new EvaluationOptions { TruthBackground = options.Samples.BackgroundLabel };
        ScoreTable table = Evaluator.Compare(Chosen().Select(pair => Judge(pair, predictor, cancellation)), judgement, cancellation: cancellation).Table;
        var scores = new Dictionary<string, double>(StringComparer.Ordinal) { [Decisive] = ((table["SEG"] ?? 0) + (table["accuracy@0.5"] ?? 0)) / 2 };
        foreach (string name in Shown) scores[name] = table[name] ?? 0;
        return scores;
    }

    private IEnumerable<Pair> Chosen()
    {
        int count = Math.Min(pairs.Count, options.Training.ValidationImages);
        return Enumerable.Range(0, count).Select(index => pairs[(int)((index + 0.5) * pairs.Count / count)]);
    }

    private EvaluationPair Judge(Pair pair, Predictor predictor, CancellationToken cancellation)
    {
        var (image, truth) = CommonGrid.ShareSpacing(
            VolumeFile.ReadImage(pair.ImagePath, rank: options.Model.Rank), VolumeFile.ReadLabels(pair.LabelPath, rank: options.Model.Rank));
        HostGarbage.Collect();
        Prediction prediction = predictor.Predict(image, cancellation: cancellation);
        var scores = new Dictionary<int, double>();
        for (int cell = 0; cell < prediction.Cells.Count; cell++) scores[cell + 1] = prediction.Cells.Scores[cell];
        return EvaluationPair.OfVolumes(pair.Name, truth, prediction.Labels, predictedCells: new CellAttributes { Scores = scores });
    }
}
