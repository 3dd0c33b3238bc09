using Morula.Evaluation;
using Morula.Formats;
using Morula.Inference;
using Morula.Measuring;
using Morula.Model;
using Morula.Samples;
using Morula.Volumes;
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

    /// <summary>What the cells of the last judgement teach about the quality of cells.</summary>
    public QualityFit Quality { get; private set; } = new();

    /// <summary>Told how many images of how many have been predicted; null: nobody.</summary>
    public IProgress<(int Done, int Count)>? Progress { get; init; }

    /// <summary>Scores by name; none where no image is held out.</summary>
    public IReadOnlyDictionary<string, double> Score(MaskRcnn model, CancellationToken cancellation)
    {
        if (pairs.Count == 0 || options.Training.ValidationImages == 0) return new Dictionary<string, double>(StringComparer.Ordinal);
        Quality = new QualityFit();
        // Pairs are compared one by one, as they are made.
        Judged? last = null;
        ScoreTable table = Evaluator.Compare(
            Predictions(model, cancellation).Select(judged => (last = judged).ToPair()), new EvaluationOptions { TruthBackground = options.Samples.BackgroundLabel },
            (_, _, pair, counted) => Quality.Add(last!.Prediction.Measure(new()), pair.Prediction.Extent, counted.BestOverlaps()), cancellation).Table;
        var scores = new Dictionary<string, double>(StringComparer.Ordinal) { [Decisive] = ((table["SEG"] ?? 0) + (table["accuracy@0.5"] ?? 0)) / 2 };
        foreach (string name in Shown) scores[name] = table[name] ?? 0;
        return scores;
    }

    private IEnumerable<Judged> Predictions(MaskRcnn model, CancellationToken cancellation)
    {
        int count = Math.Min(pairs.Count, options.Training.ValidationImages);
        for (int index = 0; index < count; index++)
        {
            Progress?.Report((index, count));
            foreach (Judged judged in Judge(pairs[(int)((index + 0.5) * pairs.Count / count)], model, cancellation)) yield return judged;
        }
    }

    private IEnumerable<Judged> Judge(Pair pair, MaskRcnn model, CancellationToken cancellation)
    {
        if (model.Options.Rank > 3) return JudgeClip(HeldOutClip.Of(pair), model, cancellation);
        var (image, truth) = CommonGrid.ShareSpacing(
            VolumeFile.ReadImage(pair.ImagePath, rank: model.Options.Rank), VolumeFile.ReadLabels(pair.LabelPath, rank: model.Options.Rank));
        HostGarbage.Collect();
        Prediction prediction = new Predictor(model, options.Samples, options.Inference, device).Predict(image, cancellation: cancellation);
        return [new Judged(pair.Name, truth, prediction)];
    }

    private IEnumerable<Judged> JudgeClip(HeldOutClip clip, MaskRcnn model, CancellationToken cancellation)
    {
        var predictor = new MoviePredictor(new Predictor(model, options.Samples, options.Inference, device), options.Samples, options.Inference);
        foreach (WindowPrediction window in predictor.Predict(predictor.Plan(clip.Count), clip.ReadImage, cancellation))
        {
            foreach (FramePrediction frame in window.Kept) yield return new Judged(clip.NameOf(frame.Frame), clip.ReadLabels(frame.Frame), frame.Cells);
        }
    }

    /// <summary>A held-out image, or a frame of a clip, as it is and as it was predicted.</summary>
    private sealed record Judged(string Name, LabelVolume Truth, Prediction Prediction)
    {
        public EvaluationPair ToPair()
        {
            var scores = new Dictionary<int, double>();
            for (int cell = 0; cell < Prediction.Cells.Count; cell++) scores[cell + 1] = Prediction.Cells.Scores[cell];
            return EvaluationPair.OfVolumes(Name, Truth, Prediction.Labels, predictedCells: new CellAttributes { Scores = scores });
        }
    }
}
