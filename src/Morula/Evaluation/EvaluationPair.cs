using Morula.Formats;
using Morula.Volumes;

namespace Morula.Evaluation;

/// <summary>One image to judge: what is true and what was found. Files are read when the pair is compared, not before.</summary>
public sealed class EvaluationPair
{
    private EvaluationPair(
        string name, string? truthPath, string? predictionPath, Func<(LabelVolume, CellAttributes)> truth, Func<(LabelVolume, CellAttributes)> prediction)
    {
        Name = name;
        TruthPath = truthPath;
        PredictionPath = predictionPath;
        ReadTruth = truth;
        ReadPrediction = prediction;
    }

    /// <summary>Name of the image in the scorecard.</summary>
    public string Name { get; }

    /// <summary>File of the truth; null where it is in memory.</summary>
    public string? TruthPath { get; }

    /// <summary>File of the prediction; null where it is in memory.</summary>
    public string? PredictionPath { get; }

    internal Func<(LabelVolume Labels, CellAttributes Cells)> ReadTruth { get; }

    internal Func<(LabelVolume Labels, CellAttributes Cells)> ReadPrediction { get; }

    /// <summary>A pair in memory, rank 2, 3 or 4.</summary>
    /// <param name="name">Name of the image in the scorecard.</param>
    /// <param name="truth">Labels of the true cells.</param>
    /// <param name="prediction">Labels of the found cells.</param>
    /// <param name="truthCells">Classes of the true cells, if known.</param>
    /// <param name="predictedCells">Scores and classes of the found cells, if known.</param>
    public static EvaluationPair OfVolumes(
        string name, LabelVolume truth, LabelVolume prediction, CellAttributes? truthCells = null, CellAttributes? predictedCells = null) =>
        new(name, null, null, () => (truth, truthCells ?? CellAttributes.None), () => (prediction, predictedCells ?? CellAttributes.None));

    /// <summary>
    /// A pair of files that <see cref="VolumeFile"/> reads. A table <c>NAME.cells.csv</c> beside a file NAME.tif, with columns label
    /// (or id), score and class, tells the scores and classes of its cells; without it all scores are 1.
    /// </summary>
    public static EvaluationPair OfFiles(string truthPath, string predictionPath) =>
        new(VolumeName.Of(truthPath), truthPath, predictionPath, () => Read(truthPath), () => Read(predictionPath));

    /// <summary>A frame of two movies, by their places. The tables of cells count where a movie is a folder of files.</summary>
    internal static EvaluationPair OfFrames(FrameSequence truth, int truthIndex, FrameSequence prediction, int predictionIndex) => new(
        truth.NameOf(truthIndex),
        truth.PathOf(truthIndex),
        prediction.PathOf(predictionIndex),
        () => Read(truth, truthIndex),
        () => Read(prediction, predictionIndex));

    private static (LabelVolume Labels, CellAttributes Cells) Read(string path) => (VolumeFile.ReadLabels(path), Table(path));

    private static (LabelVolume Labels, CellAttributes Cells) Read(FrameSequence movie, int index)
    {
        string path = movie.PathOf(index);
        return (movie.ReadLabels(index), movie.NameOf(index) == VolumeName.Of(path) ? Table(path) : CellAttributes.None);
    }

    private static CellAttributes Table(string path) =>
        AttributeTable.ReadIfPresent(Path.Combine(Path.GetDirectoryName(path) ?? "", VolumeName.Of(path) + ".cells.csv"));
}
