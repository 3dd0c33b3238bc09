using Morula.Options;
using Morula.Volumes;

namespace Morula.Inference;

/// <summary>How a trained network is applied to an image.</summary>
public sealed record InferenceOptions
{
    // What the network looks at around a cell, in voxels.
    private const int Context = 28;

    /// <summary>Processor threads of the network; they change no result. 0: all that the process may use (those that OMP_NUM_THREADS names, if it does). Default 0.</summary>
    [Range(0, 4096)]
    public int Threads { get; init; }

    /// <summary>Voxels the network sees at once, one number per axis, slowest first; empty takes the whole image where it is no larger than MostVoxels, else what costs least. Default empty.</summary>
    [Range(1, 100000)]
    public int[] Tile { get; init; } = [];

    /// <summary>Voxels of the working grid that are predicted in one piece where Tile is empty: bounds memory. Default 3 million.</summary>
    [Range(4096, 1e10)]
    public long MostVoxels { get; init; } = 3_000_000;

    /// <summary>
    /// Voxels of an image, on its own grid, that are painted and fitted in one piece. An image with more is never held whole: it is read, painted
    /// and written block by block, with notes on disk beside the result. Bounds memory, about 50 bytes a voxel. Default 60 million.
    /// </summary>
    [Range(32768, 2e9)]
    public long BlockVoxels { get; init; } = 60_000_000;

    /// <summary>
    /// Least overlap of a tile with its surroundings in voxels, one number per axis; empty takes half of the largest anchor and 28 voxels around
    /// it, which the network looks at, or a quarter of the tile where that is less. Default empty.
    /// </summary>
    [Range(0, 50000)]
    public int[] Halo { get; init; } = [];

    /// <summary>
    /// Places of an image, of the size of a training sample, whose mean moments all its tiles are normalised with inside the network, where the image is
    /// larger than so many samples or has several tiles: what is found then does not depend on the tiles. 0: each tile with its own. Default 8.
    /// </summary>
    [Range(0, 1000)]
    public int MomentPlaces { get; init; } = 8;

    /// <summary>Least mask probability, in [0, 1], at which a voxel belongs to a cell. Default 0.5.</summary>
    [Range(0, 1)]
    public double MaskThreshold { get; init; } = 0.5;

    /// <summary>Cells with a smaller volume, in µm³ (µm² at rank 2; per frame at rank 4), are dropped. Default 0: none.</summary>
    [Range(0, 1e9)]
    public double MinimumVolumeMicrometres3 { get; init; }

    /// <summary>
    /// Detections whose mask has fewer voxels of the working grid (at rank 4: in the mean of its frames) are dropped before they are painted: of what is so much smaller than the cells of
    /// training hardly any is a cell. Default 0: none.
    /// </summary>
    [Range(0, int.MaxValue)]
    public int MinimumWorkingVoxels { get; init; }

    /// <summary>Painting; its threshold and least size follow from the options above.</summary>
    public PaintOptions Painting { get; init; } = new();

    /// <summary>Windows in time, of a network that sees movies.</summary>
    public WindowOptions Window { get; init; } = new();

    /// <summary>Stitching of tiles.</summary>
    public StitchingOptions Stitching { get; init; } = new();

    /// <summary>Fitting to the membranes.</summary>
    public RefinementOptions Refinement { get; init; } = new();

    /// <summary>What is foretold of cells.</summary>
    public QualityOptions Quality { get; init; } = new();

    /// <summary>Plans the tiles of an image.</summary>
    /// <param name="image">Sizes of the image in voxels.</param>
    /// <param name="stride">Sizes of tiles are multiples of this, one number per axis.</param>
    /// <param name="cell">The largest size of a cell along an axis of space, in voxels.</param>
    /// <exception cref="OptionsException">Tile or halo does not have one number per axis.</exception>
    /// <exception cref="ArgumentException">The halo leaves no core in a tile.</exception>
    public IReadOnlyList<Tile> Plan(Extent image, ReadOnlySpan<int> stride, int cell)
    {
        int[] halo = HaloOf(image, cell);
        Extent tile = Tile.Length == 0 ? TileFit.Of(image, MostVoxels, halo, stride) : new Extent(Tile);
        return Tiling.Plan(image, tile, halo, stride);
    }

    /// <summary>The least surroundings of the core of a tile, in voxels of the working grid.</summary>
    internal int[] HaloOf(Extent image, int cell)
    {
        Require(nameof(Tile), Tile, image);
        Require(nameof(Halo), Halo, image);
        if (Halo.Length != 0) return Halo;
        Extent largest = Tile.Length == 0 ? Fitting(image, MostVoxels) : new Extent(Tile);
        return [.. largest.Sizes.ToArray().Select(size => Math.Min((cell / 2) + Context, size / 4))];
    }

    private static void Require(string option, int[] numbers, Extent image)
    {
        if (numbers.Length != 0 && numbers.Length != image.Rank)
            throw new OptionsException("inference", $"{option} has {numbers.Length} numbers but the image has {image.Rank} axes; give one per axis or none.");
    }

    /// <summary>The options of painting at a spacing.</summary>
    public PaintOptions PaintingAt(Spacing spacing)
    {
        double voxel = 1;
        foreach (double step in spacing.Steps[SpatialAxes.First(spacing.Rank)..]) voxel *= step;
        int least = (int)Math.Min(int.MaxValue, Math.Ceiling(MinimumVolumeMicrometres3 / voxel));
        return Painting with { Threshold = MaskThreshold, MinimumVoxels = Math.Max(Painting.MinimumVoxels, least) };
    }

    /// <summary>The image, or where it has more voxels a cube of so many.</summary>
    internal static Extent Fitting(Extent image, long mostVoxels)
    {
        if (image.Count <= mostVoxels) return image;
        int space = image.Rank - SpatialAxes.First(image.Rank);
        long frames = image.Rank > space ? image[0] : 1;
        int side = (int)Math.Max(8, Math.Pow((double)mostVoxels / frames, 1.0 / space));
        return new Extent([.. image.Sizes.ToArray().Select((size, axis) => axis < image.Rank - space ? size : Math.Min(size, side))]);
    }
}
