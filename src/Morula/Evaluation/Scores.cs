using System.Globalization;

namespace Morula.Evaluation;

/// <summary>
/// All scores of one image or of several together. Of several: counts add up (accuracy and companions, DET, contacts), SEG is the mean
/// over all truth cells, AP ranks the cells of all images together, the volume error is the mean over all matched cells; the adapted
/// Rand error, the variation of information and the paper's metric are means over images. A score is null where it is not defined.
/// </summary>
public sealed class Scores
{
    private readonly IReadOnlyList<ImageTally> images;

    internal Scores(IReadOnlyList<ImageTally> images)
    {
        this.images = images;
        Tracking = images.Select(image => image.Tracking).Aggregate((sum, next) => sum.Add(next));
        Contacts = images.Select(image => image.Contacts).Aggregate((sum, next) => sum.Add(next));
        Volumes = images.Select(image => image.Volumes).Aggregate((sum, next) => sum.Add(next));
        Matchings = [.. Enumerable.Range(0, images[0].Matchings.Count)
            .Select(index => images.Select(image => image.Matchings[index]).Aggregate((sum, next) => sum.Add(next)))];
        AveragePrecision = AveragePrecision.Of([.. images.Select(image => image.Ranked)]);
        Partition = new PartitionScores(
            Mean(image => image.Partition.AdaptedRandError), Mean(image => image.Partition.VoiSplit), Mean(image => image.Partition.VoiMerge));
        Paper = new PaperScores(
            Mean(image => image.Paper.Precision),
            Mean(image => image.Paper.Recall),
            Mean(image => image.Paper.AveragePrecision),
            Mean(image => image.Paper.MeanIou));
        PaperMedian = Median([.. images.Select(image => image.Paper.AveragePrecision).OfType<double>().Order()]);
    }

    /// <summary>Number of images.</summary>
    public int Images => images.Count;

    /// <summary>Number of truth cells.</summary>
    public long TruthCells => images.Sum(image => (long)image.TruthCells);

    /// <summary>Number of predicted cells.</summary>
    public long PredictedCells => images.Sum(image => (long)image.PredictedCells);

    /// <summary>SEG and DET of the Cell Tracking Challenge.</summary>
    public TrackingChallengeScores Tracking { get; }

    /// <summary>COCO average precision.</summary>
    public AveragePrecision AveragePrecision { get; }

    /// <summary>The metric of David and Faure (2025): means over images.</summary>
    public PaperScores Paper { get; }

    /// <summary>The average precision of David and Faure (2025): median over images.</summary>
    public double? PaperMedian { get; }

    /// <summary>Adapted Rand error and variation of information.</summary>
    public PartitionScores Partition { get; }

    /// <summary>Touching cells.</summary>
    public ContactScores Contacts { get; }

    /// <summary>Volumes of matched cells.</summary>
    public VolumeScores Volumes { get; }

    /// <summary>Accuracy and companions at each threshold of the options.</summary>
    public IReadOnlyList<MatchingScores> Matchings { get; }

    /// <summary>All scores by name, in the order of the JSON file.</summary>
    public ScoreTable Table => new([.. WholeImageRows(), .. Matchings.SelectMany(ThresholdRows)]);

    private IEnumerable<ScoreRow> WholeImageRows() =>
    [
        ScoreRow.OfCount("images", Images),
        ScoreRow.OfCount("truth cells", TruthCells),
        ScoreRow.OfCount("predicted cells", PredictedCells),
        new("SEG", Tracking.Seg),
        new("DET", Tracking.Det),
        new("AP", AveragePrecision.Mean),
        new("AP50", AveragePrecision.At50),
        new("AP75", AveragePrecision.At75),
        new("paper AP@0.5", Paper.AveragePrecision),
        new("paper AP@0.5 median", PaperMedian),
        new("paper precision@0.5", Paper.Precision),
        new("paper recall@0.5", Paper.Recall),
        new("paper mean IoU@0.5", Paper.MeanIou),
        new("ARE", Partition.AdaptedRandError),
        new("VOI split", Partition.VoiSplit),
        new("VOI merge", Partition.VoiMerge),
        new("contact F1", Contacts.F1),
        new("contact precision", Contacts.Precision),
        new("contact recall", Contacts.Recall),
        new("volume error", Volumes.Error),
        new("volume bias", Volumes.Bias),
    ];

    private static IEnumerable<ScoreRow> ThresholdRows(MatchingScores scores)
    {
        string at = "@" + scores.Threshold.ToString("0.0###", CultureInfo.InvariantCulture);
        return
        [
            new("accuracy" + at, scores.Accuracy),
            new("precision" + at, scores.Precision),
            new("recall" + at, scores.Recall),
            new("F1" + at, scores.F1),
            new("panoptic quality" + at, scores.PanopticQuality),
            new("mean matched score" + at, scores.MeanMatchedScore),
            new("mean true score" + at, scores.MeanTrueScore),
        ];
    }

    // An image on which a score is not defined takes no part in its mean.
    private double? Mean(Func<ImageTally, double?> valueOf) => images.Average(valueOf);

    private static double? Median(double[] sorted)
    {
        if (sorted.Length == 0) return null;
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
