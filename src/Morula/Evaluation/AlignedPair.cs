using Morula.Formats;
using Morula.Volumes;

namespace Morula.Evaluation;

/// <summary>A truth and a prediction in memory, on one grid, with 0 as their only background.</summary>
/// <param name="Truth">Labels of the true cells.</param>
/// <param name="Prediction">Labels of the found cells, on the grid of the truth.</param>
/// <param name="TruthCells">What is known of the true cells.</param>
/// <param name="PredictedCells">What is known of the found cells.</param>
internal sealed record AlignedPair(LabelVolume Truth, LabelVolume Prediction, CellAttributes TruthCells, CellAttributes PredictedCells)
{
    /// <summary>Reads a pair and brings the prediction to the grid of the truth, with a note if that changes it.</summary>
    /// <exception cref="ArgumentException">A pair in memory does not show the same field.</exception>
    /// <exception cref="VolumeFormatException">A file cannot be read or does not show the field of its truth.</exception>
    public static AlignedPair Read(EvaluationPair pair, EvaluationOptions options, List<string> notes)
    {
        var (truth, truthCells) = pair.ReadTruth();
        var (prediction, predictedCells) = pair.ReadPrediction();
        if (GridAlignment.Problem(truth, prediction, options) is { } problem)
        {
            throw pair.PredictionPath is { } path
                ? new VolumeFormatException(path, $"does not fit {pair.TruthPath}: {problem}")
                : new ArgumentException($"{pair.Name}: {problem}", nameof(pair));
        }

        if (prediction.Extent != truth.Extent)
            notes.Add($"{pair.Name}: the prediction ({prediction.Extent}) was brought to the grid of the truth ({truth.Extent}).");
        return new AlignedPair(
            WithoutBackground(truth, options.TruthBackground),
            WithoutBackground(prediction.Resample(truth.Extent), options.PredictionBackground),
            truthCells,
            predictedCells);
    }

    private static LabelVolume WithoutBackground(LabelVolume labels, int background) => background == 0
        ? labels
        : new LabelVolume(labels.Extent, labels.Spacing, Array.ConvertAll(labels.Voxels, label => label == background ? 0 : label));
}
