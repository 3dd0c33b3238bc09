using Morula.Model;
using Morula.Proposals;
using Morula.Samples;
using Morula.Volumes;

namespace Morula.Training;

/// <summary>Fits the anchors to the cells of the training images, where the options list none.</summary>
internal static class AnchorFit
{
    private const int MostImages = 16;

    /// <summary>The options with anchors for the levels that the pyramid has; smallest on the finest level, as many on each.</summary>
    /// <param name="model">Options that may list no anchors.</param>
    /// <param name="store">Gives the cells on the working grid.</param>
    /// <param name="pairs">Training images, of which at most some are looked at.</param>
    /// <param name="seed">Of the draws that the fit makes.</param>
    public static ModelOptions Apply(ModelOptions model, ImageStore store, IReadOnlyList<Pair> pairs, int seed)
    {
        ProposalOptions proposals = model.Proposals;
        if (proposals.Anchors.Count > 0) return model;
        int levels = Math.Min(proposals.AnchorLevels, model.Backbone.Stages.Count + model.Backbone.ExtraLevels - proposals.FirstLevel);
        var shapes = Shapes(store, pairs);
        int count = levels * proposals.AnchorsPerLevel;
        double[][] anchors = proposals.AnchorFit == AnchorRule.Medoids
            ? AnchorShapes.Medoids(shapes, count, new Random(seed))
            : AnchorShapes.Scale(shapes, count);
        IReadOnlyList<double>[][] perLevel = [.. anchors.Chunk(proposals.AnchorsPerLevel).Select(level => level.ToArray<IReadOnlyList<double>>())];
        return model with { Proposals = proposals with { Anchors = perLevel } };
    }

    /// <summary>Sizes of the boxes of the cells of some evenly drawn images along the axes of space, in voxels of the working grid.</summary>
    public static IReadOnlyList<double[]> Shapes(ImageStore store, IReadOnlyList<Pair> pairs)
    {
        int step = Math.Max(1, pairs.Count / MostImages);
        var shapes = new List<double[]>();
        for (int index = 0; index < pairs.Count; index += step)
        {
            foreach (LabelledCell cell in store.Open(pairs[index]).CellList)
                shapes.Add([.. cell.Box.Extent.Sizes[SpatialAxes.First(cell.Box.Rank)..].ToArray().Select(size => (double)size)]);
        }

        return shapes;
    }
}
