using Morula.Backbone;
using Morula.Volumes;

namespace Morula.Fitting;

/// <summary>How many candidates, regions and detections there must be, and at which size regions change the level.</summary>
internal static class RegionAdvice
{
    public static IEnumerable<Advice> Of(Survey survey, MorulaOptions options)
    {
        var grid = new WorkingGrid(survey, options.Samples);
        double crowded = Quantile.Of(CropCount.Of(survey, grid, options.Samples.CropAt(survey.Rank)), 0.9);
        string perCrop = $"a crowded crop holds {crowded:0} cells (90 %)";
        int proposals = Upwards(5 * crowded, 50, 100, 4000);
        yield return new Advice("Model.Proposals.ProposalCount", proposals.ToString(), $"{perCrop}; five for each");
        yield return new Advice("Model.Proposals.CandidateCount", (5 * proposals).ToString(), "five before suppression for each proposal kept");
        yield return new Advice("Model.Regions.SampleCount", Upwards(4 * crowded, 16, 32, 256).ToString(), $"{perCrop}; four regions for each, half of them negatives");
        yield return new Advice("Model.Regions.MaskSampleCount", Upwards(crowded, 8, 16, 64).ToString(), $"{perCrop}; one mask for each");
        yield return new Advice("Model.Regions.DetectionCount", Upwards(2.5 * crowded, 50, 50, 5000).ToString(), $"{perCrop}; room for twice as many and more");
        int[] stride = PyramidStrides.Of(survey.Rank, options.Model.Backbone)[options.Model.Regions.CanonicalLevel][SpatialAxes.First(survey.Rank)..];
        double step = Math.Pow(stride.Aggregate(1.0, (product, size) => product * size), 1.0 / stride.Length);
        yield return new Advice(
            "Model.Regions.CanonicalSide", JsonValue.Of(Math.Round(options.Model.Regions.MaskBins * step, 1)),
            $"{options.Model.Regions.MaskBins} mask bins of {step:0.#} voxels: such a cell has one bin per place of its level; cells are {grid.SideAt(0.05):0} / {grid.Side:0} / {grid.SideAt(0.95):0} voxels wide (5 / 50 / 95 %)");
    }

    private static int Upwards(double value, int unit, int least, int most) => (int)Math.Clamp(Math.Ceiling(value / unit) * unit, least, most);
}
