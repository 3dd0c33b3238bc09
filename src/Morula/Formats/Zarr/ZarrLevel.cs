using System.Globalization;
using Morula.Volumes;

namespace Morula.Formats;

/// <summary>A level of an image, each coarser than the one before.</summary>
/// <param name="Extent">Sizes.</param>
/// <param name="Spacing">Steps, µm and seconds.</param>
/// <param name="Factors">Voxels of the level before, along each axis, that one voxel stands for.</param>
internal sealed record ZarrLevel(Extent Extent, Spacing Spacing, int[] Factors)
{
    // A level that a viewer shows at once needs no coarser one.
    private const int MostSide = 128;

    /// <summary>
    /// The levels of a volume: axes of space are halved, but not those whose steps are twice those of others, so that voxels become
    /// cubes; until none is longer than 128.
    /// </summary>
    public static IReadOnlyList<ZarrLevel> Plan(Extent extent, Spacing spacing)
    {
        int rank = extent.Rank;
        var levels = new List<ZarrLevel> { new(extent, spacing, [.. Enumerable.Repeat(1, rank)]) };
        int[] space = [.. Enumerable.Range(0, rank).Where(axis => axis >= rank - 3)];
        while (space.Max(axis => levels[^1].Extent[axis]) > MostSide)
        {
            ZarrLevel last = levels[^1];
            int[] halved = [.. space.Where(axis => last.Extent[axis] > 1)];
            double least = halved.Where(axis => last.Extent[axis] > MostSide / 2).Min(axis => last.Spacing[axis]);
            int[] factors = [.. Enumerable.Range(0, rank).Select(axis => halved.Contains(axis) && last.Spacing[axis] < 2 * least ? 2 : 1)];
            levels.Add(new ZarrLevel(
                new Extent([.. factors.Select((factor, axis) => (last.Extent[axis] + factor - 1) / factor)]),
                new Spacing([.. factors.Select((factor, axis) => last.Spacing[axis] * factor)]),
                factors));
        }

        return levels;
    }

    /// <summary>Name of the array of a level.</summary>
    public static string NameOf(int level) => level.ToString(CultureInfo.InvariantCulture);

    /// <summary>The block of the level before that a block of this one is made of.</summary>
    public Block Finer(Block block, Extent finer)
    {
        int[] lower = [.. Factors.Select((factor, axis) => block.Lower[axis] * factor)];
        int[] upper = [.. Factors.Select((factor, axis) => Math.Min(block.Upper[axis] * factor, finer[axis]))];
        return new Block(lower, upper);
    }
}
