using Morula.Volumes;

namespace Morula.Inference;

/// <summary>Sums the area between every two labels that meet, background included; each meeting counts where its first voxel lies.</summary>
internal sealed class CrossingCounter
{
    private readonly LabelVolume labels;
    private readonly Block core;
    private readonly SurfaceWeights weights;
    private readonly long[] offsets;
    private readonly Dictionary<(int Less, int More), int> places = [];
    private readonly List<double> areas = [];
    private (int Less, int More) lastPair;
    private int lastPlace;

    /// <param name="labels">Cells.</param>
    /// <param name="core">The voxels from which steps are counted.</param>
    public CrossingCounter(LabelVolume labels, Block core)
    {
        (this.labels, this.core) = (labels, core);
        weights = new SurfaceWeights(labels.Spacing);
        long[] strides = labels.Extent.Strides();
        offsets = [.. weights.Steps.Select(step => strides.Zip(step.SkipLast(1), (stride, part) => stride * part).Sum())];
    }

    /// <summary>Area between two labels, the lesser first, µm² summed over frames.</summary>
    public IEnumerable<(int Less, int More, double Area)> Areas() =>
        places.OrderBy(entry => entry.Key).Select(entry => (entry.Key.Less, entry.Key.More, areas[entry.Value]));

    /// <summary>Counts the steps that leave a row.</summary>
    /// <param name="position">Place of the row on all axes but the last.</param>
    /// <param name="start">Index of its first voxel.</param>
    public void Count(int[] position, int start)
    {
        int length = labels.Extent[labels.Rank - 1];
        for (int direction = 0; direction < offsets.Length; direction++)
        {
            int[] step = weights.Steps[direction];
            if (!StaysInside(position, step)) continue;
            int along = step[^1];
            int first = Math.Max(core.Lower[^1], -along);
            int count = Math.Min(core.Upper[^1], length - along) - first;
            if (count <= 0) continue;
            ReadOnlySpan<int> from = labels.Voxels.AsSpan(start + first, count);
            ReadOnlySpan<int> to = labels.Voxels.AsSpan((int)(start + offsets[direction]) + first + along, count);
            Compare(from, to, weights.Areas[direction]);
        }
    }

    private bool StaysInside(int[] position, int[] step)
    {
        for (int axis = 0; axis < position.Length; axis++)
        {
            int place = position[axis] + step[axis];
            if (place < 0 || place >= labels.Extent[axis]) return false;
        }

        return true;
    }

    private void Compare(ReadOnlySpan<int> from, ReadOnlySpan<int> to, double area)
    {
        for (int column = from.CommonPrefixLength(to); column < from.Length; column++)
        {
            if (from[column] != to[column])
                Add(Math.Min(from[column], to[column]), Math.Max(from[column], to[column]), area);
            else
                column += from[column..].CommonPrefixLength(to[column..]) - 1;
        }
    }

    private void Add(int less, int more, double area)
    {
        if (lastPair != (less, more))
        {
            lastPair = (less, more);
            if (!places.TryGetValue(lastPair, out lastPlace))
            {
                places.Add(lastPair, lastPlace = areas.Count);
                areas.Add(0);
            }
        }

        areas[lastPlace] += area;
    }
}
