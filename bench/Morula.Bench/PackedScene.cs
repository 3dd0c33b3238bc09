using Morula.Samples;
using Morula.Synthesis;

namespace Morula.Bench;

/// <summary>Synthetic embryos with cells of about one size, however large the image: as many regions as a real crop would have.</summary>
internal static class PackedScene
{
    private const double CellSide = 20;

    /// <summary>Draws an embryo of the given sizes; the same sizes and seed give the same image.</summary>
    public static EmbryoScene Create(int[] sizes, int seed) => EmbryoScene.Create(Options(sizes), new Random(seed));

    /// <summary>Options of such an embryo: as many cells of 20 voxels a side as its ellipsoid holds.</summary>
    public static EmbryoOptions Options(int[] sizes)
    {
        var options = new EmbryoOptions { Extent = sizes };
        double ball = sizes.Length == 2 ? Math.PI / 4 : Math.PI / 6;
        double filled = ball * Math.Pow(options.Fill, sizes.Length) * Sizes.Voxels(sizes);
        return options with { CellCount = Math.Max(1, (int)Math.Round(filled / Math.Pow(CellSide, sizes.Length))) };
    }

    /// <summary>The scene as a pair that is read from memory.</summary>
    public static (ImageStore Store, Pair Pair) Open(EmbryoScene scene, SampleOptions options)
    {
        var reader = new PairReader((_, _) => scene.Image, (_, _) => scene.Labels, _ => true);
        return (new ImageStore(options, reader), new Pair("scene", "scene", "scene", null, Split.Training));
    }
}
