using System.Numerics;
using Morula.Volumes;

namespace Morula.Synthesis;

/// <summary>One synthetic embryo, or one frame of a movie of it, with its truth.</summary>
public sealed class EmbryoScene
{
    private EmbryoScene(Volume image, LabelVolume labels)
    {
        Image = image;
        Labels = labels;
    }

    /// <summary>Membrane marker: whole grey values 0 to 255.</summary>
    public Volume Image { get; }

    /// <summary>The cells: every label is one connected piece; 0 outside and, if asked for, in the seams between cells.</summary>
    public LabelVolume Labels { get; }

    /// <summary>Draws an embryo with cells 1 to n (fewer where some are a cavity): the same random state gives the same voxels on any number of threads.</summary>
    /// <exception cref="ArgumentException">A list shorter than the extent, a rank other than 2 or 3, or more cells than the field can hold.</exception>
    public static EmbryoScene Create(EmbryoOptions options, Random random)
    {
        var field = new EmbryoField(options);
        var stream = new RandomStream(random);
        var packing = new CellPacking(field, options.CellCount);
        PackedCell[] cells = packing.Draw(options.CellCount, options.SizeVariation, options.Relaxation, stream.Fork(1));
        if (options.CavityShare > 0) cells = Hollowed(cells, (int)Math.Round(options.CavityShare * cells.Length), field, stream.Fork(4));
        return Render(options, field, cells, stream.Fork(2), stream.Fork(3));
    }

    // The cells nearest to a place in the inner half are the cavity; they come last, so that labels stay 1 to n.
    private static PackedCell[] Hollowed(PackedCell[] cells, int count, EmbryoField field, RandomStream stream)
    {
        Vector3 middle = 0.3f * field.Gaussian(ref stream) * field.SemiAxes;
        middle = field.HoldInside(middle, 0.5f);
        PackedCell[] farthest = [.. cells.OrderByDescending(cell => Vector3.DistanceSquared(cell.Centre, middle))];
        int solid = Math.Max(1, cells.Length - count);
        return [.. farthest.Select((cell, index) => cell with { Id = index + 1, IsHollow = index >= solid })];
    }

    /// <summary>Draws given cells: one stream for what stays through a movie (warp, stain, light), one for the noise of this frame.</summary>
    internal static EmbryoScene Render(EmbryoOptions options, EmbryoField field, PackedCell[] cells, RandomStream lasting, RandomStream fleeting)
    {
        var (labels, stain) = CellPainter.Paint(options, field, cells, lasting);
        Fragments.Join(labels);
        Clutter.Add(stain, labels, field, options, fleeting.Fork(1));
        return new EmbryoScene(Microscope.Image(stain, field.BlurVoxels, options, lasting.Fork(3), fleeting), labels);
    }
}
