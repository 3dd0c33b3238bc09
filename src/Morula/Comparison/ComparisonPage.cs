using Morula.Evaluation;
using Morula.Formats;
using Morula.Options;
using Morula.Reports;
using Morula.Samples;
using Morula.Training;
using Morula.Volumes;

namespace Morula.Comparison;

/// <summary>The page of a comparison.</summary>
internal static class ComparisonPage
{
    private const double Half = 0.5;
    private const int PanelsPerFigure = 4;
    private const int PanelWidth = 300;

    private static readonly string[] Curves = [Validator.Decisive, "AP50"];

    public static void Save(ComparisonResults results)
    {
        var page = new Page("Morula: comparison of networks");
        foreach (string line in ComparisonWords.Conditions(results)) page.Paragraph(line);
        foreach (NamedTable table in ComparisonTables.Of(results)) Add(page, table);
        AddCurves(page, results);
        AddSlices(page, results);
        if (ComparisonTables.Differences(results) is { } differences) Add(page, differences);
        page.Section("Machine and versions");
        foreach (string line in ComparisonWords.Machines(results)) page.Paragraph(line);
        foreach (PlannedMember member in results.Plan.Members)
            page.Section($"Options of {member.Name}").Preformatted(OptionsFile.Write(member.At(results.Plan.Seeds[0])));
        page.Save(results.Place.Page);
    }

    private static void Add(Page page, NamedTable table) => page.Section(table.Title).Paragraph(table.Text).Table(table.Header, table.Rows);

    private static void AddCurves(Page page, ComparisonResults results)
    {
        NetworkResults[] networks = [.. results.Rows.Where(row => !row.IsClassical)];
        page.Section("Curves").Paragraph("Scores on validation images during training, and losses; means over the seeds.");
        foreach (string score in Curves)
        {
            Draw(score, "minutes of training", score, row => MemberCurves.ScoreByMinutes(row, score), false);
            Draw(score, "step", score, row => MemberCurves.ScoreBySteps(row, score), false);
        }

        Draw("loss", "step", "loss", MemberCurves.LossBySteps, true);

        void Draw(string title, string x, string y, Func<NetworkResults, CurveSeries> curve, bool isLogarithmic)
        {
            CurveSeries[] series = [.. networks.Select(curve).Where(one => one.X.Length > 0)];
            if (series.Length > 0) page.Figure(CurveFigure.Draw(string.Empty, x, y, series, isLogarithmic), $"{title} against {x}.");
        }
    }

    private static void AddSlices(Page page, ComparisonResults results)
    {
        Pair pair = results.Images.Pairs[0];
        MorulaOptions options = results.Plan.Members[0].Options;
        var (image, truth) = HeldOutImage.Read(pair, results.Images.RankFor(options), options.Samples.BackgroundLabel);
        var panels = new List<NamedLabels> { new("image", null), new("truth", truth.Resample(image.Extent)) };
        foreach (NetworkResults row in results.Rows)
        {
            MemberFolder folder = row.IsClassical ? results.Place.Classical : results.Place.Of(row.Name, results.Plan.Seeds[0]);
            LabelVolume found = VolumeFile.ReadLabels(folder.Prediction(results.Images, 0).Labels, rank: image.Rank).Resample(image.Extent);
            panels.Add(new NamedLabels(row.Name, CellMatching.Match(Contingency.Count(panels[1].Labels!, found), Half).WithTruthLabels(found)));
        }

        page.Section($"A held-out image: {pair.Name}").Paragraph($"Middle plane; predictions of seed {results.Plan.Seeds[0]}. A cell that was found has the colour of its truth.");
        int figures = (panels.Count + PanelsPerFigure - 1) / PanelsPerFigure;
        foreach (NamedLabels[] row in panels.Chunk((panels.Count + figures - 1) / figures))
            page.Figure(SliceFigure.Row(image, row, PanelWidth * row.Length), $"{string.Join(", ", row.Select(panel => panel.Name))}.");
    }
}
