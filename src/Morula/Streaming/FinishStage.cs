using Morula.Formats;
using Morula.Inference;
using Morula.Model;
using Morula.Volumes;

namespace Morula.Streaming;

/// <summary>The end: cells are numbered, best first, and the blocks written as one label volume with its table.</summary>
/// <param name="plan">Blocks.</param>
/// <param name="parts">Files.</param>
/// <param name="quality">What is foretold of the cells.</param>
internal sealed class FinishStage(StreamPlan plan, StreamParts parts, QualityOptions quality)
{
    /// <summary>Writes the results; returns the table.</summary>
    /// <exception cref="VolumeFormatException">A part is missing or damaged.</exception>
    public CellTable Run(PredictionFiles files)
    {
        Detections settled = Settled();
        var census = new CellCensus(plan.Image.Rank);
        for (int block = 0; block < plan.Blocks.Count; block++) CensusFile.AddTo(parts.Census(block), census);
        int[] labelOf = Number(settled, census.Tallies.Keys);
        var places = new int[labelOf.Max() + 1];
        for (int number = 1; number < labelOf.Length; number++) places[labelOf[number]] = number - 1;
        CellTable measured = CellTable.Of(census.Renamed(label => labelOf[label]), plan.Spacing, label => (settled.Scores[places[label]], settled.Classes[places[label]]));
        CellTable table = CellQuality.Foretell(measured, plan.Image, quality);
        CellTableFile.Save(table, files.Cells);
        using var labels = new BlockLabels(plan, parts, labelOf);
        VolumeFile.WriteLabels(files.Labels, plan.Image, plan.Spacing, labelOf.Max(), labels.Read);
        return table;
    }

    private Detections Settled()
    {
        Detections[] homes = [.. Enumerable.Range(0, plan.Blocks.Count).Select(block => DetectionFile.Read(parts.Home(block), hasMasks: false))];
        return DetectionSelection.Concatenate(homes, homes[0].MaskExtent);
    }

    // Those that own a voxel, in the order in which one piece would number them.
    private static int[] Number(Detections settled, IEnumerable<int> present)
    {
        var labelOf = new int[settled.Count + 1];
        int next = 0;
        foreach (int label in present.Order(Comparer<int>.Create((one, other) => DetectionSelection.Compare(settled, one - 1, settled, other - 1)))) labelOf[label] = ++next;
        return labelOf;
    }
}
