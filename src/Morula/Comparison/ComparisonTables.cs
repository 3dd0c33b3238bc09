using System.Globalization;
using Morula.Measuring;

namespace Morula.Comparison;

/// <summary>The tables of a comparison.</summary>
internal static class ComparisonTables
{
    private const string NoFigure = "-";
    private static readonly string[] Quality = ["paper AP@0.5", "AP", "AP50", "accuracy@0.5", "accuracy@0.75", "SEG"];
    private static readonly string[] MoreQuality = ["DET", "F1@0.5", "contact F1", "volume error", "VOI split", "VOI merge"];

    private static readonly string[] Tracking = ["TRA", "LNK", "DET", "SEG", "BC(1)", "CT", "TF"];

    public static IReadOnlyList<NamedTable> Of(ComparisonResults results) =>
        [Scores(results), MoreScores(results), .. Tracks(results), Costs(results), Memory(results), Ratios(results), .. results.Traits.Select(trait => Recall(results, trait))];

    /// <summary>Options in which the networks differ.</summary>
    public static NamedTable? Differences(ComparisonResults results)
    {
        var rows = OptionDifferences.Of(results.Plan.Members);
        return rows.Count == 0 ? null : new NamedTable(
            "Options that differ", "All other options of the networks are the same.", ["option", .. results.Plan.Members.Select(member => member.Name)],
            [.. rows.Select(row => (IReadOnlyList<string>)[row.Key, .. row.Values])]);
    }

    private static NamedTable Scores(ComparisonResults results)
    {
        string[] names = results.HasClasses ? [Quality[0], Judgement.PaperOfAnyClass, .. Quality[1..]] : Quality;
        string seeds = results.Plan.Seeds.Count > 1 ? $"Mean ± standard deviation over {results.Plan.Seeds.Count} seeds. " : string.Empty;
        return new NamedTable(
            "Quality",
            seeds + "On whole held-out images, with the best checkpoint of each training. The scores.json of each training says what exactly a score is.",
            ["network", .. names], Rows(results, names));
    }

    private static NamedTable MoreScores(ComparisonResults results) => new(
        "Neighbours and volumes", "Of the volume error and the variation of information (VOI) less is better.", ["network", .. MoreQuality], Rows(results, MoreQuality));

    private static NamedTable[] Tracks(ComparisonResults results) => results.Images.Movie is null ? [] :
    [
        new NamedTable(
            "Tracks",
            "Of the held-out frames as one movie. TRA, LNK and DET: share of the work that is spared whoever mends cells and links, links alone, cells alone; BC(1): F1 of divisions, "
            + "at most one frame early or late; CT: complete tracks; TF: mean part of a true track that is followed without a break. A score without anything to count is left out.",
            ["network", .. Tracking],
            Rows(results, Tracking)),
    ];

    private static IReadOnlyList<IReadOnlyList<string>> Rows(ComparisonResults results, string[] names) =>
        [.. results.Rows.Select(row => (IReadOnlyList<string>)[row.Name, .. names.Select(name => row.Score(name).Text("0.000"))])];

    private static NamedTable Costs(ComparisonResults results) => new(
        "Cost",
        "Operations are those of convolutions and linear layers, two per multiply-add; a step counts its forward pass, which a backward pass of about twice as many follows. "
        + "A step is the median over the logged steps; a predicted megavoxel counts from reading the file to writing labels and table, "
        + (results.Images.Movie is null ? "median over the images. " : "of the movie as a whole, the linking of its cells included. ")
        + "The minutes of the classical row are those of its tuning.",
        ["network", "parameters (M)", "step (GFLOP)", "megavoxel (GFLOP)", "step (s)", "megavoxel (s)", "steps", "minutes"],
        [.. results.Rows.Select(row => (IReadOnlyList<string>)
        [
            row.Name, Network(row, one => one.Parameters / 1e6, "0.000"), Network(row, one => one.StepOperations / 1e9, "0.00"),
            Network(row, one => one.OperationsPerMegavoxel / 1e9, "0.0"), row.Of(one => one.SecondsPerStep).Text("0.000"),
            row.Of(one => one.SecondsPerMegavoxel).Text("0.00"), Network(row, one => one.Steps, "0"), row.Of(one => one.Minutes).Text("0.0"),
        ])]);

    private static NamedTable Memory(ComparisonResults results) => new(
        "Memory",
        "The largest that the process held in RAM while it trained (the classical row: while it was tuned) or predicted, and how much of that lies above what it held before. MiB.",
        ["network", "training peak", "training above base", "prediction peak", "prediction above base"],
        [.. results.Rows.Select(row => (IReadOnlyList<string>)
        [
            row.Name, Mebibytes(row, one => one.TrainingPeak), Mebibytes(row, one => one.TrainingPeak - one.TrainingBase),
            Mebibytes(row, one => one.PredictionPeak), Mebibytes(row, one => one.PredictionPeak - one.PredictionBase),
        ])]);

    private static string Network(NetworkResults row, Func<MemberResult, double?> value, string format) => row.IsClassical ? NoFigure : Plain(row.Of(value)).Text(format);

    // What is the same for every seed by its nature needs no spread of 0 beside it.
    private static Spread Plain(Spread spread) => spread.Deviation == 0 ? spread with { Deviation = null } : spread;

    private static string Mebibytes(NetworkResults row, Func<MemberResult, long> bytes) => row.Of(one => ProcessMemory.Mebibytes(bytes(one))).Text("0");

    private static NamedTable Ratios(ComparisonResults results)
    {
        NetworkResults largest = results.Largest;
        return new NamedTable(
            $"In relation to {largest.Name}",
            $"Each figure divided by that of {largest.Name}, the network with the most parameters. Memory is that above the base.",
            [
                "network", "parameters", "step (operations)", "megavoxel (operations)", "training memory", "prediction memory", "step (time)", "megavoxel (time)",
                "paper AP@0.5", "accuracy@0.5",
            ],
            [.. results.Rows.Select(row => (IReadOnlyList<string>)[row.Name, .. Measures().Select(measure => Ratio(measure(row), measure(largest)))])]);
    }

    private static IEnumerable<Func<NetworkResults, double?>> Measures() =>
    [
        row => row.Of(one => one.Parameters).Mean, row => row.Of(one => one.StepOperations).Mean, row => row.Of(one => one.OperationsPerMegavoxel).Mean,
        row => row.IsClassical ? null : row.Of(one => one.TrainingPeak - one.TrainingBase).Mean, row => row.Of(one => one.PredictionPeak - one.PredictionBase).Mean,
        row => row.Of(one => one.SecondsPerStep).Mean, row => row.Of(one => one.SecondsPerMegavoxel).Mean,
        row => row.Score("paper AP@0.5").Mean, row => row.Score("accuracy@0.5").Mean,
    ];

    private static string Ratio(double? value, double? whole) =>
        value is > 0 && whole is > 0 ? (value.Value / whole.Value).ToString("0.000", CultureInfo.InvariantCulture) : NoFigure;

    private static NamedTable Recall(ComparisonResults results, CellTrait trait)
    {
        IReadOnlyList<TraitQuarter> quarters = trait.Quarters();
        return new NamedTable(
            $"Recall by {trait.Name}", "Share of the true cells of each quarter that were found, at an overlap of at least 0.5, whatever their class.",
            ["network", .. quarters.Select(quarter => $"{Number(quarter.Least)} to {Number(quarter.Most)} ({quarter.Cells.Count} cells)")],
            [.. results.Rows.Select(row => (IReadOnlyList<string>)[row.Name, .. quarters.Select(quarter => quarter.Recall(row).Text("0.000"))])]);
    }

    // Three digits that count, and no powers of ten where plain digits do.
    private static string Number(double value) => Math.Abs(value) >= 100
        ? value.ToString("0", CultureInfo.InvariantCulture)
        : value.ToString("G3", CultureInfo.InvariantCulture);
}
