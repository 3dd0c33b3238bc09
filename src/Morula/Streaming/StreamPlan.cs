using Morula.Inference;
using Morula.Options;
using Morula.Volumes;

namespace Morula.Streaming;

/// <summary>How an image that is never held whole is cut: tiles of the working grid for the network, blocks of the image for painting.</summary>
/// <param name="Image">Sizes of the image.</param>
/// <param name="Spacing">Step between its voxels.</param>
/// <param name="Working">Sizes of the working grid, which covers the same field.</param>
/// <param name="Tiles">What the network sees, in voxels of the working grid.</param>
/// <param name="Halo">Surroundings of a tile's core, in voxels of the working grid: cells up to twice this size are seen whole by the tile of their centre.</param>
/// <param name="Blocks">What is painted at once, in voxels of the image.</param>
internal sealed record StreamPlan(Extent Image, Spacing Spacing, Extent Working, IReadOnlyList<Tile> Tiles, int[] Halo, IReadOnlyList<Tile> Blocks)
{
    // The longest step of a surface measurement.
    private const int LeastHalo = 9;

    /// <summary>Makes a plan.</summary>
    /// <param name="image">Sizes of the image.</param>
    /// <param name="spacing">Step between its voxels.</param>
    /// <param name="working">Sizes of the working grid.</param>
    /// <param name="options">Sizes of tiles and blocks.</param>
    /// <param name="stride">Sizes of tiles are multiples of this.</param>
    /// <param name="cell">The largest size of a cell, in voxels of the working grid.</param>
    /// <exception cref="OptionsException">The halo leaves no room in a tile or a block.</exception>
    public static StreamPlan Of(Extent image, Spacing spacing, Extent working, InferenceOptions options, ReadOnlySpan<int> stride, int cell)
    {
        int[] halo = options.HaloOf(working, cell);
        RefinementOptions refinement = options.Refinement;
        double growth = refinement.Enabled ? refinement.CloseMicrometres + refinement.GrowMicrometres : 0;
        double blur = refinement.Enabled ? (3 * refinement.SmoothingMicrometres) + refinement.GapMicrometres : 0;
        // A neighbour's core lies within one cell, which is as large as the network's or as whoever states a halo says; the edge of the tissue within what it may grow.
        int Largest(int axis) => options.Halo.Length == 0 ? cell : Math.Max(cell, halo[axis]);
        int[] around = [.. Enumerable.Range(0, image.Rank).Select(axis =>
            Math.Max(LeastHalo, (int)Math.Ceiling(Math.Max((double)Largest(axis) * image[axis] / working[axis], growth / spacing[axis]) + (blur / spacing[axis]))))];
        return new StreamPlan(
            image, spacing, working, options.Plan(working, stride, cell), halo,
            Cut(image, options.BlockVoxels, around));
    }

    /// <summary>The voxels of the working grid that a block of the image covers.</summary>
    public Block OnWorkingGrid(Block block)
    {
        var (lower, upper) = (new int[block.Rank], new int[block.Rank]);
        for (int axis = 0; axis < block.Rank; axis++)
        {
            lower[axis] = (int)((long)block.Lower[axis] * Working[axis] / Image[axis]);
            upper[axis] = (int)((((long)block.Upper[axis] * Working[axis]) + Image[axis] - 1) / Image[axis]);
        }

        return new Block(lower, upper);
    }

    /// <summary>Whether the centre of a box lies in the core of a block; every box lies in one.</summary>
    /// <param name="box">2D numbers in voxels of the working grid.</param>
    /// <param name="core">In voxels of the image.</param>
    public bool IsHome(ReadOnlySpan<float> box, Block core)
    {
        for (int axis = 0; axis < core.Rank; axis++)
        {
            double centre = (box[axis] + (double)box[core.Rank + axis]) / 2 * Image[axis] / Working[axis];
            double place = Math.Clamp(centre, 0, Image[axis] - 0.5);
            if (place < core.Lower[axis] || place >= core.Upper[axis]) return false;
        }

        return true;
    }

    private static IReadOnlyList<Tile> Cut(Extent image, long mostVoxels, int[] halo)
    {
        try
        {
            return Tiling.Plan(image, TileFit.Of(image, mostVoxels, halo), halo);
        }
        catch (ArgumentException misfit)
        {
            throw new OptionsException("Inference.BlockVoxels", misfit.Message.Split(" (Parameter ")[0], misfit);
        }
    }
}
