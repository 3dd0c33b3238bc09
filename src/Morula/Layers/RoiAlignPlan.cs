using Morula.Volumes;

namespace Morula.Layers;

/// <summary>
/// What every bin of every box reads, separately per axis: voxels and weights ("taps"). A bin's value is the sum over the product
/// of its taps along all axes. Samples of one bin that meet in a voxel are merged, so that finer sampling costs little.
/// </summary>
internal sealed class RoiAlignPlan
{
    private readonly int[] firstBin; // per axis, where its bins begin in the row of one box

    /// <summary>Computes the taps.</summary>
    /// <param name="mapShape">[N, C, *S].</param>
    /// <param name="rois">R x 2D numbers in image voxels.</param>
    /// <param name="imageIndex">R image indices.</param>
    /// <param name="scale">Map voxels per image voxel, per axis.</param>
    /// <param name="bins">Bins per axis.</param>
    /// <param name="samples">Samples per axis and bin.</param>
    public RoiAlignPlan(long[] mapShape, ReadOnlySpan<float> rois, ReadOnlySpan<int> imageIndex, ReadOnlySpan<double> scale, Extent bins, int samples)
    {
        MapShape = [.. mapShape];
        ImageIndex = imageIndex.ToArray();
        Bins = bins;
        TapsPerBin = 2 * samples;
        firstBin = new int[Rank];
        for (int axis = 0; axis < Rank; axis++)
        {
            firstBin[axis] = BinsPerRoi;
            BinsPerRoi += bins[axis];
        }

        TapCount = new int[Rois * BinsPerRoi];
        TapVoxel = new int[TapCount.Length * TapsPerBin];
        TapWeight = new float[TapVoxel.Length];
        for (int roi = 0; roi < Rois; roi++)
        {
            ReadOnlySpan<float> box = rois.Slice(roi * 2 * Rank, 2 * Rank);
            for (int axis = 0; axis < Rank; axis++) PlanAxis(roi, axis, box[axis], box[Rank + axis], (float)scale[axis], samples);
        }
    }

    /// <summary>Shape of the map, [N, C, *S].</summary>
    public long[] MapShape { get; }

    /// <summary>Number of axes, D.</summary>
    public int Rank => MapShape.Length - 2;

    /// <summary>Number of channels, C.</summary>
    public int Channels => (int)MapShape[1];

    /// <summary>Number of boxes, R.</summary>
    public int Rois => ImageIndex.Length;

    /// <summary>Per box, which image it reads.</summary>
    public int[] ImageIndex { get; }

    /// <summary>Bins per axis.</summary>
    public Extent Bins { get; }

    /// <summary>Room for the taps of one bin along one axis; unused ones have weight 0.</summary>
    public int TapsPerBin { get; }

    /// <summary>Bins of one box, summed (not multiplied) over the axes.</summary>
    public int BinsPerRoi { get; }

    /// <summary>Number of taps per box, axis and bin; see <see cref="Row"/>.</summary>
    public int[] TapCount { get; }

    /// <summary>Voxel of every tap along its axis, ascending; row r begins at r * <see cref="TapsPerBin"/>.</summary>
    public int[] TapVoxel { get; }

    /// <summary>Weight of every tap, never 0 among the counted ones.</summary>
    public float[] TapWeight { get; }

    /// <summary>Number of voxels of one map.</summary>
    public long Voxels
    {
        get
        {
            long voxels = 1;
            for (int axis = 0; axis < Rank; axis++) voxels *= Size(axis);
            return voxels;
        }
    }

    /// <summary>Shape of the result, [R, C, *bins].</summary>
    public long[] PooledShape => [Rois, Channels, .. Bins.Sizes.ToArray().Select(size => (long)size)];

    /// <summary>Size of the map along an axis.</summary>
    public int Size(int axis) => (int)MapShape[axis + 2];

    /// <summary>Steps between neighbouring voxels along each axis.</summary>
    public long[] Steps()
    {
        var steps = new long[Rank];
        long step = 1;
        for (int axis = Rank - 1; axis >= 0; axis--)
        {
            steps[axis] = step;
            step *= Size(axis);
        }

        return steps;
    }

    /// <summary>Row of a box's first bin along an axis; the others follow.</summary>
    public int Row(int roi, int axis) => (roi * BinsPerRoi) + firstBin[axis];

    private void PlanAxis(int roi, int axis, float lower, float upper, float scale, int samples)
    {
        // float32 in this order: at the map's edge, where a sample falls out, rounding decides as in torchvision.
        float start = (lower * scale) - 0.5f;
        float binSize = ((upper * scale) - 0.5f - start) / Bins[axis];
        for (int bin = 0; bin < Bins[axis]; bin++)
        {
            int row = Row(roi, axis) + bin;
            for (int sample = 0; sample < samples; sample++)
                AddSample(row, start + (bin * binSize) + ((sample + 0.5f) * binSize / samples), Size(axis), 1f / samples);
        }
    }

    private void AddSample(int row, float place, int size, float share)
    {
        if (!(place >= -1 && place <= size)) return;
        place = Math.Max(place, 0);
        var low = (int)place;
        if (low >= size - 1)
        {
            AddTap(row, size - 1, share);
            return;
        }

        float fraction = place - low;
        AddTap(row, low, (1 - fraction) * share);
        AddTap(row, low + 1, fraction * share);
    }

    private void AddTap(int row, int voxel, float weight)
    {
        if (weight == 0) return;
        int first = row * TapsPerBin;
        for (int tap = first; tap < first + TapCount[row]; tap++)
        {
            if (TapVoxel[tap] != voxel) continue;
            TapWeight[tap] += weight;
            return;
        }

        TapVoxel[first + TapCount[row]] = voxel;
        TapWeight[first + TapCount[row]] = weight;
        TapCount[row]++;
    }
}
