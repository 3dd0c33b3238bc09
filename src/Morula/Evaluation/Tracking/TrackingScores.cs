using System.Globalization;

namespace Morula.Evaluation;

/// <summary>How good a tracked movie is: the scores of its frames, and those of its tracks.</summary>
public sealed class TrackingScores
{
    internal TrackingScores(Scorecard images, MovieMatch match, TrackingEvaluationOptions options)
    {
        Images = images;
        Options = options;
        FirstFrame = match.FirstFrame;
        LastFrame = match.LastFrame;
        LinkErrors = LinkError.Of(match);
        Graph = GraphScores.Of(match, LinkErrors, images.Pooled.Tracking);
        Tracks = TrackScores.Of(match);
        Divisions = DivisionScores.Of(match, options.MostDivisionFrames);
        CellCycles = CellCycleScores.Of(match);
        Lineages = LineageScores.Of(match, options.LineageFrames);
        WholeLineages = LineageScores.Of(match, [LastFrame - FirstFrame + 1])[0];
    }

    /// <summary>Every score of the frames as images, per frame and pooled: SEG, contacts and so on.</summary>
    public Scorecard Images { get; }

    /// <summary>The options of the comparison.</summary>
    public TrackingEvaluationOptions Options { get; }

    /// <summary>First frame compared.</summary>
    public int FirstFrame { get; }

    /// <summary>Last frame compared.</summary>
    public int LastFrame { get; }

    /// <summary>DET, LNK and TRA.</summary>
    public GraphScores Graph { get; }

    /// <summary>The links that are counted there, by frame.</summary>
    public IReadOnlyList<LinkError> LinkErrors { get; }

    /// <summary>CT and TF.</summary>
    public TrackScores Tracks { get; }

    /// <summary>BC(i).</summary>
    public DivisionScores Divisions { get; }

    /// <summary>CCA.</summary>
    public CellCycleScores CellCycles { get; }

    /// <summary>Lineage accuracy over each number of frames of the options.</summary>
    public IReadOnlyList<LineageScores> Lineages { get; }

    /// <summary>Lineage accuracy of the cells of the first frame over the whole movie.</summary>
    public LineageScores WholeLineages { get; }

    /// <summary>The pooled scores of the frames and the scores of the tracks, by name, for a terminal.</summary>
    public ScoreTable Table => new([.. Images.Table, .. Rows]);

    /// <summary>The scores of the tracks alone, in the order of the JSON file.</summary>
    internal ScoreTable Rows => new(
    [
        ScoreRow.OfCount("true tracks", Tracks.TrueTracks),
        ScoreRow.OfCount("found tracks", Tracks.FoundTracks),
        ScoreRow.OfCount("true divisions", Divisions.TrueDivisions),
        ScoreRow.OfCount("found divisions", Divisions.FoundDivisions),
        new("TRA", Graph.Tra),
        new("LNK", Graph.Lnk),
        ScoreRow.OfCount("splits", Graph.Cells.Splits),
        ScoreRow.OfCount("missed cells", Graph.Cells.Missed),
        ScoreRow.OfCount("extra cells", Graph.Cells.Extra),
        ScoreRow.OfCount("true links", Graph.TrueLinks),
        ScoreRow.OfCount("missing links", Graph.MissingLinks),
        ScoreRow.OfCount("extra links", Graph.ExtraLinks),
        ScoreRow.OfCount("wrong links", Graph.WrongLinks),
        new("CT", Tracks.CompleteTracks),
        new("TF", Tracks.TrackFractions),
        .. Enumerable.Range(0, Options.MostDivisionFrames + 1).Select(frames => new ScoreRow($"BC({Text(frames)})", Divisions.Within(frames))),
        new("CCA", CellCycles.Accuracy),
        .. Lineages.Select(lineages => new ScoreRow($"lineage accuracy@{Text(lineages.Frames)}", lineages.Accuracy)),
        new("lineage accuracy@movie", WholeLineages.Accuracy),
    ]);

    /// <summary>The scorecard of the frames as JSON (<see cref="Scorecard.ToJson"/>), with the scores of the tracks under <c>tracking</c>.</summary>
    public string ToJson() => ScorecardJson.Write(Images, this);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
