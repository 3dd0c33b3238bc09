using Morula.Inference;
using Morula.Tensors;
using Morula.Volumes;
using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Training;

/// <summary>Learns from cells whose truth is known how <see cref="CellQuality"/> foretells the overlap of others.</summary>
public sealed class QualityFit
{
    /// <summary>Cells without which nothing is fitted.</summary>
    public const int FewestCells = 50;

    private const int Folds = 5;
    private const int Iterations = 30;
    private const double Ridge = 1;
    private readonly List<(double[][] Features, double[] Overlaps, float[] Scores)> images = [];

    /// <summary>Number of cells seen.</summary>
    public int Cells => images.Sum(image => image.Overlaps.Length);

    /// <summary>Adds the cells of an image.</summary>
    /// <param name="table">Its cells.</param>
    /// <param name="image">Its sizes.</param>
    /// <param name="overlaps">Overlap (IoU) of each cell with its truth by label; a cell that is not named has none.</param>
    public void Add(CellTable table, Extent image, IReadOnlyDictionary<int, double> overlaps) => images.Add((
        CellQuality.Features(table, image),
        [.. table.Rows.Select(row => overlaps.GetValueOrDefault(row.Label))],
        [.. table.Rows.Select(row => row.Score)]));

    /// <summary>The weights that all images teach; none where they hold too few cells.</summary>
    public double[] Weights() => Cells < FewestCells ? [] : Fit(images);

    /// <summary>
    /// Score, foretold and true overlap of every cell, each foretold by weights that other images taught: every fifth image is left out in turn. Empty where
    /// there are fewer than two images or too few cells.
    /// </summary>
    public IReadOnlyList<(float Score, double Foretold, double True)> Judge()
    {
        if (images.Count < 2 || Cells < FewestCells) return [];
        int folds = Math.Min(Folds, images.Count);
        var judged = new List<(float, double, double)>();
        for (int fold = 0; fold < folds; fold++)
        {
            double[] weights = Fit([.. images.Where((_, index) => index % folds != fold)]);
            foreach (var (features, overlaps, scores) in images.Where((_, index) => index % folds == fold))
                judged.AddRange(features.Select((seen, cell) => (scores[cell], CellQuality.Overlap(seen, weights), overlaps[cell])));
        }

        return judged;
    }

    /// <summary>Options with what was learnt; as they were where there was too little to learn from.</summary>
    internal MorulaOptions ApplyTo(MorulaOptions options) => Weights() is { Length: > 0 } weights
        ? options with { Inference = options.Inference with { Quality = new QualityOptions { Weights = weights } } }
        : options;

    // Newton's method on the likelihood of a share, with a small penalty on all weights but the constant.
    private static double[] Fit(IReadOnlyList<(double[][] Features, double[] Overlaps, float[] Scores)> images)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        double[][] rows = [.. images.SelectMany(image => image.Features)];
        int count = CellQuality.Names.Count;
        Tensor seen = tensor(rows.SelectMany(row => row).ToArray(), [rows.Length, count]);
        Tensor truth = tensor(images.SelectMany(image => image.Overlaps).ToArray());
        using Scalar ridge = Ridge;
        Tensor penalty = ones([count], float64).mul(ridge);
        penalty[0] = 1e-6;
        Tensor weights = zeros([count], float64);
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            Tensor share = seen.matmul(weights).sigmoid();
            Tensor slope = seen.t().matmul(truth.Minus(share)).Minus(penalty * weights);
            Tensor curvature = (seen * share.Minus(share * share).unsqueeze(1)).t().matmul(seen).Plus(penalty.diag());
            weights = weights.Plus(linalg.solve(curvature, slope));
        }

        return weights.data<double>().ToArray();
    }
}
