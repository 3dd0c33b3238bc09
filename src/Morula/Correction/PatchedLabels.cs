using Morula.Formats;
using Morula.Inference;
using Morula.Samples;
using Morula.Volumes;

namespace Morula.Correction;

/// <summary>The labels of a frame as edits leave them, read block by block; the file stays as it is.</summary>
/// <param name="labels">Labels of the file, Z Y X.</param>
/// <param name="image">The image of the same field, on whatever grid; null where there is none.</param>
/// <param name="steps">Changes in their order.</param>
internal sealed class PatchedLabels(VolumeSource labels, VolumeSource? image, IReadOnlyList<PatchStep> steps)
{
    private const int Margin = 1;

    /// <summary>Voxels that are gone through at once where a cell is looked for.</summary>
    private const int MostVoxels = 1 << 22;

    private static readonly double Smoothing = new RefinementOptions().SmoothingMicrometres;

    /// <summary>Sizes of the frame.</summary>
    public Extent Extent => labels.Extent;

    /// <summary>The labels of a block.</summary>
    public LabelVolume Read(Block block)
    {
        LabelVolume part = labels.ReadLabels(block);
        foreach (PatchStep step in steps) step.Apply(part, block);
        return part;
    }

    /// <summary>The voxels that an edit cuts off a cell.</summary>
    /// <exception cref="EditException">A point is not within the cell, or there is no image to follow.</exception>
    public Recut Cut(SplitEdit edit)
    {
        RequireInside(edit.Seed);
        RequireInside(edit.OtherSeed);
        Block box = BoxOf(edit.Label).Grow([Margin, Margin, Margin]).ClipTo(Extent);
        Volume? relief = edit.By == SplitRelief.Membrane ? ImageOf(box) : null;
        return new Recut(box, CellSplit.Apply(Read(box), edit.Label, IndexOf(edit.Seed, box), IndexOf(edit.OtherSeed, box), relief), edit.NewLabel);
    }

    /// <summary>The greatest label, 0 where there is none.</summary>
    public int MostLabel() => Extent.Runs(MostVoxels).Max(run => Read(run).Voxels.Max());

    private Volume ImageOf(Block box)
    {
        if (image is null) throw new EditException("the split follows the image, which is not known; pass --image.");
        return GaussianFilter.ApplyInSpace(WorkingImage.Resample(image, Extent, box), Smoothing);
    }

    private Block BoxOf(int label)
    {
        var tally = new LabelTally(Extent.Rank);
        foreach (Block run in Extent.Runs(MostVoxels)) tally.Add(Read(run), run.Lower);
        LabelledCell[] found = [.. tally.Cells().Where(cell => cell.Label == label)];
        return found.Length > 0 ? found[0].Box : throw new EditException($"there is no cell {label} in the frame.");
    }

    private void RequireInside(int[] seed)
    {
        for (int axis = 0; axis < Extent.Rank; axis++)
        {
            if (seed[axis] < 0 || seed[axis] >= Extent[axis]) throw new EditException($"the point {string.Join(' ', seed)} lies outside the frame of {Extent} voxels.");
        }
    }

    private static int IndexOf(int[] seed, Block box)
    {
        long[] strides = box.Extent.Strides();
        long index = 0;
        for (int axis = 0; axis < seed.Length; axis++)
        {
            if (seed[axis] < box.Lower[axis] || seed[axis] >= box.Upper[axis]) throw new EditException("both points must lie within the cell.");
            index += (seed[axis] - box.Lower[axis]) * strides[axis];
        }

        return (int)index;
    }
}
