namespace Morula.Evaluation;

/// <summary>How good a prediction is: every score, per image and over all images.</summary>
public sealed class Scorecard
{
    internal Scorecard(Scores pooled, IReadOnlyList<ImageScores> images, IReadOnlyList<string> notes, EvaluationOptions options)
    {
        Pooled = pooled;
        Images = images;
        Notes = notes;
        Options = options;
    }

    /// <summary>Scores over all images.</summary>
    public Scores Pooled { get; }

    /// <summary>Scores of each image, in the order they were compared.</summary>
    public IReadOnlyList<ImageScores> Images { get; }

    /// <summary>What the reader should know: files left out, predictions brought to another grid. One line each.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The options of the comparison.</summary>
    public EvaluationOptions Options { get; }

    /// <summary>The pooled scores by name, for a terminal.</summary>
    public ScoreTable Table => Pooled.Table;

    /// <summary>
    /// The scorecard as indented JSON: keys in a fixed order, numbers that read back exactly, null for an undefined score; with a format
    /// version, the options and a sentence on the convention behind each score.
    /// </summary>
    public string ToJson() => ScorecardJson.Write(this);
}
