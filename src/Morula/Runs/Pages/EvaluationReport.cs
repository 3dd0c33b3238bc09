using Morula.Evaluation;
using Morula.Formats;
using Morula.Reports;

namespace Morula.Runs;

/// <summary>Compares predictions with the truth and leaves a page: scores, curves, the worst cells with pictures.</summary>
public sealed class EvaluationReport
{
    private const int MostPictured = 12;
    private const int MostListed = 50;

    private readonly WorstCells worst = new(MostPictured, MostListed);
    private readonly string? imagesPath;
    private EvaluationImages? images;
    private Action<Page>? scores;

    /// <summary>Prepares a page.</summary>
    /// <param name="images">Image, or folder of images with the names of their truths; of movies a folder of numbered frames or one file. Null: pictures have a plain ground.</param>
    public EvaluationReport(string? images = null) => imagesPath = images;

    /// <inheritdoc cref="Evaluator.Compare(EvaluationPairs, EvaluationOptions?, IProgress{ImageScores}?, CancellationToken)"/>
    public Scorecard Compare(EvaluationPairs pairs, EvaluationOptions options, IProgress<ImageScores>? progress = null, CancellationToken cancellation = default)
    {
        if (imagesPath is not null) images = EvaluationImages.OfImages(imagesPath);
        Scorecard card = Evaluator.Compare(pairs, options, worst.See, progress, cancellation);
        scores = page => EvaluationPage.Add(page, card, worst, "image");
        return card;
    }

    /// <inheritdoc cref="TrackingEvaluator.Compare(TrackedMovie, TrackedMovie, TrackingEvaluationOptions?, IProgress{ImageScores}?, CancellationToken)"/>
    public TrackingScores Compare(
        TrackedMovie truth, TrackedMovie found, TrackingEvaluationOptions options, IProgress<ImageScores>? progress = null, CancellationToken cancellation = default)
    {
        if (imagesPath is not null) images = EvaluationImages.OfMovie(imagesPath, options.FirstFrame, options.LastFrame);
        var numbers = new List<int>();
        TrackingScores card = TrackingEvaluator.Compare(
            truth, found, options, (name, frame, pair, table) =>
            {
                numbers.Add(frame!.Value);
                worst.See(name, frame, pair, table);
            },
            progress, cancellation);
        scores = page =>
        {
            TrackingPage.Add(page, card, worst, numbers);
            EvaluationPage.Add(page, card.Images, worst, "frame");
        };
        return card;
    }

    /// <summary>Writes the page of what was compared.</summary>
    /// <param name="path">An HTML file.</param>
    /// <param name="facts">What was compared, by name, such as the paths.</param>
    /// <param name="options">The options as JSON.</param>
    /// <returns>A line that says why there is no page; null where there is one.</returns>
    /// <exception cref="InvalidOperationException">Nothing was compared yet.</exception>
    public string? TryWrite(string path, IReadOnlyList<KeyValuePair<string, string>> facts, string options)
    {
        if (scores is null) throw new InvalidOperationException("Nothing was compared yet.");
        return PageAttempt.Make(path, () =>
        {
            var page = new Page("Morula: evaluation");
            scores(page);
            WorstCellsPage.Add(page, worst, images);
            EvaluationPage.AddFacts(page, facts, options);
            page.Save(path);
        });
    }
}
