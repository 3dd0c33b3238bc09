using Morula.Volumes;

namespace Morula.Fitting;

/// <summary>Measures where an image is bright: at the borders of cells, inside or outside them.</summary>
internal sealed class ContrastMeter
{
    private const int MostGap = 2;
    private const double Depth = 0.2;

    private readonly int[] labels;
    private readonly Extent extent;
    private readonly long[] steps;
    private readonly int[] depths;
    private readonly int first;

    private ContrastMeter(LabelVolume truth, IReadOnlyList<SurveyedCell> cells)
    {
        (labels, extent) = (truth.Voxels, truth.Extent);
        steps = extent.Strides();
        first = SpatialAxes.First(extent.Rank);
        depths = [.. Enumerable.Range(0, extent.Rank).Select(axis => axis < first
            ? 0
            : Math.Max(1, (int)Math.Round(Depth * Quantile.Of(cells.Select(cell => cell.Sizes[axis - first]), 0.5) / truth.Spacing[axis])))];
    }

    private enum Place
    {
        Boundary,
        Inside,
        Outside,
        Elsewhere,
    }

    /// <summary>Means over all voxels of their kind.</summary>
    /// <param name="image">As it is stored.</param>
    /// <param name="labels">On the grid of the image.</param>
    /// <param name="cells">Of <paramref name="labels"/>.</param>
    public static Contrast Measure(Volume image, LabelVolume labels, IReadOnlyList<SurveyedCell> cells)
    {
        var meter = new ContrastMeter(labels, cells);
        var (sums, counts) = (new double[4], new long[4]);
        var position = new int[image.Rank];
        for (int voxel = 0; voxel < labels.Voxels.Length; voxel++)
        {
            int place = (int)meter.PlaceOf(voxel, position);
            sums[place] += image.Voxels[voxel];
            counts[place]++;
            for (int axis = image.Rank - 1; axis >= 0 && ++position[axis] == image.Extent[axis]; axis--) position[axis] = 0;
        }

        var (low, high) = IntensityRange.Of(image);
        double[] means = [.. sums.Select((sum, place) => ((sum / counts[place]) - low) / Math.Max(high - low, 1e-30))];
        return new Contrast(means[(int)Place.Boundary], means[(int)Place.Inside], means[(int)Place.Outside], CellNeighbours.Touching(labels));
    }

    private Place PlaceOf(int voxel, int[] position)
    {
        int label = labels[voxel];
        if (label == 0 && IsGap(voxel, position)) return Place.Boundary;
        bool isDeep = true;
        for (int axis = first; axis < extent.Rank; axis++)
        {
            if (label != 0 && (At(voxel, position, axis, 1) != label || At(voxel, position, axis, -1) != label)) return Place.Boundary;
            isDeep &= At(voxel, position, axis, depths[axis]) == label && At(voxel, position, axis, -depths[axis]) == label;
        }

        return !isDeep ? Place.Elsewhere : label == 0 ? Place.Outside : Place.Inside;
    }

    // The membrane itself is unlabelled in many annotations.
    private bool IsGap(int voxel, int[] position)
    {
        for (int axis = first; axis < extent.Rank; axis++)
            if (Reaches(voxel, position, axis, 1) && Reaches(voxel, position, axis, -1)) return true;
        return false;
    }

    private bool Reaches(int voxel, int[] position, int axis, int direction)
    {
        for (int off = 1; off <= MostGap; off++)
            if (At(voxel, position, axis, off * direction) != 0) return true;
        return false;
    }

    // Beyond the border of the image everything goes on as it is there.
    private int At(int voxel, int[] position, int axis, int off)
    {
        off = Math.Clamp(position[axis] + off, 0, extent[axis] - 1) - position[axis];
        return labels[voxel + (off * steps[axis])];
    }
}
