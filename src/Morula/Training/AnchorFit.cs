using Morula.Model;
using Morula.Samples;
using Morula.Volumes;

namespace Morula.Training;

/// <summary>Fits the anchors to the cells of the training images, where the options list none.</summary>
internal static class AnchorFit
{
    private const int Levels = 2;
    private const int PerLevel = 3;
    private const int MostImages = 16;
    private const double Tail = 0.05;
    private const double Shrink = 0.8;
    private const double Grow = 1.2;

    /// <summary>
    /// Cubes whose sides grow by one factor from below the small cells to above the large ones (side: cube root of the box volume),
    /// smallest on the finest level. The margins leave room for the later frames of a movie, whose cells are smaller.
    /// </summary>
    public static ModelOptions Apply(ModelOptions model, ImageStore store, IReadOnlyList<Pair> pairs)
    {
        if (model.Proposals.Anchors.Count > 0) return model;
        int levels = Math.Min(Levels, model.Backbone.Stages.Count + model.Backbone.ExtraLevels - model.Proposals.FirstLevel);
        double[] sides = Sides(store, pairs);
        var anchors = new List<IReadOnlyList<IReadOnlyList<double>>>();
        for (int level = 0; level < levels; level++)
        {
            anchors.Add([.. Enumerable.Range(level * PerLevel, PerLevel)
                .Select(index => (IReadOnlyList<double>)[Side(sides, index, levels * PerLevel)])]);
        }

        return model with { Proposals = model.Proposals with { Anchors = anchors } };
    }

    private static double[] Sides(ImageStore store, IReadOnlyList<Pair> pairs)
    {
        int step = Math.Max(1, pairs.Count / MostImages);
        var sides = new List<double>();
        for (int index = 0; index < pairs.Count; index += step)
        {
            foreach (LabelledCell cell in store.Load(pairs[index]).Labels.Cells()) sides.Add(Side(cell.Box.Extent));
        }

        sides.Sort();
        return [.. sides];
    }

    private static double Side(Extent extent)
    {
        int space = SpatialAxes.Count(extent.Rank);
        double volume = 1;
        foreach (int size in extent.Sizes[^space..]) volume *= size;
        return Math.Pow(volume, 1.0 / space);
    }

    private static double Side(double[] sorted, int index, int count)
    {
        double least = Math.Max(2, Shrink * sorted[(int)(Tail * (sorted.Length - 1))]);
        double most = Math.Max(least, Grow * sorted[(int)((1 - Tail) * (sorted.Length - 1))]);
        return Math.Round(least * Math.Pow(most / least, (double)index / Math.Max(1, count - 1)), 1);
    }
}
