using Morula.Formats;
using Morula.Volumes;

namespace Morula.Viewer;

/// <summary>What the page is told of a frame: where things lie, and on which grids.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Labels">Grid of the labels.</param>
/// <param name="Image">Grid of the image, or null.</param>
/// <param name="Truth">Grid of the true labels, or null.</param>
/// <param name="Notes">What the user should know.</param>
internal sealed record FrameView(int Number, string Name, FrameView.Grid Labels, FrameView.Grid? Image, FrameView.Grid? Truth, IReadOnlyList<string> Notes)
{
    /// <summary>Fields that differ by no more than this share, per axis, are one.</summary>
    private const double Tolerance = 0.03;

    public static FrameView Of(SessionState state, FrameFile frame)
    {
        using VolumeSource labels = frame.OpenLabels();
        using VolumeSource? image = state.ImageOf(frame)?.OpenImage();
        using VolumeSource? truth = state.TruthOf(frame)?.OpenLabels();
        var notes = new List<string>();
        Extent coarse = CoarseGrid.Of(labels.Extent, labels.Spacing);
        return new FrameView(
            frame.Number,
            frame.Name,
            GridOf(labels.Extent, labels.Spacing, coarse),
            image is null ? null : GridOf(image.Extent, Beside(labels, image, "image", notes), CoarseGrid.Of(image.Extent, image.Spacing)),
            // So that they can be compared, true labels lie on the coarse grid of the others.
            truth is null ? null : GridOf(truth.Extent, Beside(labels, truth, "truth", notes), coarse),
            notes);
    }

    // Two grids over one field, whose voxel sizes may be rounded or not stated, are laid over each other; other fields keep their sizes.
    private static Spacing Beside(VolumeSource labels, VolumeSource other, string what, List<string> notes)
    {
        Spacing fitted = labels.Spacing.Rescale(labels.Extent, other.Extent);
        bool isOne = !labels.Info.IsCalibrated || !other.Info.IsCalibrated
            || Enumerable.Range(0, labels.Extent.Rank).All(axis => Math.Abs((other.Spacing[axis] / fitted[axis]) - 1) <= Tolerance);
        if (!isOne) notes.Add($"the {what} covers another field than the labels: voxels of {other.Spacing} um, {other.Extent}.");
        return isOne ? fitted : other.Spacing;
    }

    private static Grid GridOf(Extent extent, Spacing spacing, Extent coarse) => new(extent.Sizes.ToArray(), spacing.Steps.ToArray(), coarse.Sizes.ToArray());

    /// <summary>A grid: sizes in voxels Z Y X, voxels in µm, and sizes of the coarse grid over the same field.</summary>
    internal sealed record Grid(int[] Extent, double[] Spacing, int[] Coarse);
}
