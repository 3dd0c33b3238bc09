using Morula.Evaluation;
using Morula.Formats;
using Morula.Inference;
using Morula.Samples;
using Morula.Volumes;

namespace Morula.Comparison;

/// <summary>What held-out images say of predictions.</summary>
/// <param name="Scores">Pooled scores by name.</param>
/// <param name="Found">Per image, the labels of the true cells that were found.</param>
/// <param name="Card">All scores, as JSON.</param>
internal sealed record Judgement(IReadOnlyDictionary<string, double?> Scores, IReadOnlyDictionary<string, int[]> Found, string Card)
{
    /// <summary>The published metric with classes left aside.</summary>
    public const string PaperOfAnyClass = "paper AP@0.5 of any class";

    private const double Half = 0.5;

    /// <summary>Judges predictions that lie in a folder: image by image, and where they are a movie its tracks too.</summary>
    /// <param name="images">Held-out images.</param>
    /// <param name="folder">Holds the predictions.</param>
    /// <param name="background">A label of the truth that means background beside 0.</param>
    /// <param name="classes">Whether a cell must have the right class to count, where a score looks at classes.</param>
    /// <param name="cancellation">Stops between images.</param>
    public static Judgement Of(HeldOutImages images, MemberFolder folder, int background, bool classes, CancellationToken cancellation)
    {
        var found = new Dictionary<string, int[]>(StringComparer.Ordinal);
        var blind = new List<double>();
        var (table, card) = Compare(images, images.Pairs.Select(Judge), folder, cancellation);
        var scores = table.ToDictionary(row => row.Name, row => row.Value, StringComparer.Ordinal);
        scores[PaperOfAnyClass] = blind.Count == 0 ? null : blind.Average();
        return new Judgement(scores, found, card);

        EvaluationPair Judge(Pair pair, int index)
        {
            PredictionFiles files = folder.Prediction(images, index);
            LabelVolume prediction = VolumeFile.ReadLabels(files.Labels);
            var (_, truth) = HeldOutImage.Read(pair, prediction.Rank, background);
            CellAttributes cells = AttributeTable.ReadIfPresent(files.Cells);
            Contingency counts = Contingency.Count(truth, prediction.Resample(truth.Extent));
            found[pair.Name] = [.. CellMatching.Match(counts, Half).Pairs.Select(match => counts.TruthLabels[match.Truth])];
            if (PaperScores.Of(counts, null, cells).AveragePrecision is { } precision) blind.Add(precision);
            CellAttributes? known = classes && pair.ObjectsPath is not null ? Classes(pair, truth) : null;
            return EvaluationPair.OfVolumes(pair.Name, truth, prediction, known, cells);
        }
    }

    /// <summary>Writes all scores, then the result, which says that this member is done.</summary>
    public void Save(MemberFolder folder, MemberResult result)
    {
        AtomicFile.WriteText(folder.Scores, Card);
        AtomicFile.WriteText(folder.Result, JsonText.Of(result));
    }

    private static (ScoreTable Table, string Card) Compare(HeldOutImages images, IEnumerable<EvaluationPair> pairs, MemberFolder folder, CancellationToken cancellation)
    {
        if (images.Movie is not { } movie)
        {
            Scorecard card = Evaluator.Compare(pairs, cancellation: cancellation);
            return (card.Table, card.ToJson());
        }

        TrackingScores scores = TrackingEvaluator.Compare(
            pairs.Select((pair, frame) => new FramePair(movie.Numbers[frame], pair)), images.Lineage!, TrackedMovie.Open(folder.Predicted).Lineage, new(), cancellation: cancellation);
        return (scores.Table, scores.ToJson());
    }

    // Tables of cells name classes by number, as those of objects do.
    private static CellAttributes Classes(Pair pair, LabelVolume truth)
    {
        IReadOnlyDictionary<int, int> classes = ObjectClasses.Read(pair.ObjectsPath);
        return new CellAttributes { Classes = truth.Cells().ToDictionary(cell => cell.Label, cell => $"{classes.GetValueOrDefault(cell.Label, ObjectClasses.Default)}") };
    }
}
