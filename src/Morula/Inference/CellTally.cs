using Morula.Volumes;

namespace Morula.Inference;

/// <summary>Voxels, places and frames of one label, gathered row by row.</summary>
internal sealed class CellTally(int rank)
{
    private readonly double[] sums = new double[rank];
    private readonly int[] lower = [.. Enumerable.Repeat(int.MaxValue, rank)];
    private readonly int[] upper = new int[rank];
    private long lastFrame = -1;

    public long Voxels { get; private set; }

    /// <summary>Number of frames with the label; 1 where the image has no time.</summary>
    public int Frames { get; private set; }

    public Block Box => new(lower, upper);

    /// <summary>Sums of the places of all voxels, per axis.</summary>
    public IReadOnlyList<double> Sums => sums;

    /// <summary>A tally that was gathered before.</summary>
    public static CellTally Of(long voxels, int frames, Block box, double[] sums)
    {
        var tally = new CellTally(sums.Length) { Voxels = voxels, Frames = frames };
        for (int axis = 0; axis < sums.Length; axis++) tally.Include(axis, box.Lower[axis], box.Upper[axis], sums[axis]);
        return tally;
    }

    /// <summary>Adds neighbouring voxels of a row.</summary>
    public void Add(int[] position, long frame, int from, int to)
    {
        for (int axis = 0; axis < position.Length; axis++) Include(axis, position[axis], position[axis] + 1, (double)position[axis] * (to - from));
        Include(rank - 1, from, to, (from + to - 1) * 0.5 * (to - from));
        Voxels += to - from;
        if (frame != lastFrame) Frames++;
        lastFrame = frame;
    }

    /// <summary>Centroid: voxel centres lie half a voxel from the corner of the image, frames on their number.</summary>
    public double[] Centre(Spacing spacing)
    {
        int spatial = SpatialAxes.First(rank);
        return [.. sums.Select((sum, axis) => ((sum / Voxels) + (axis < spatial ? 0 : 0.5)) * spacing[axis])];
    }

    /// <summary>Adds what was gathered elsewhere; frames that both saw count once where there is no time.</summary>
    public void Add(CellTally other)
    {
        for (int axis = 0; axis < rank; axis++) Include(axis, other.lower[axis], other.upper[axis], other.sums[axis]);
        Voxels += other.Voxels;
        Frames = Math.Max(Frames, other.Frames);
    }

    private void Include(int axis, int from, int to, double sum)
    {
        lower[axis] = Math.Min(lower[axis], from);
        upper[axis] = Math.Max(upper[axis], to);
        sums[axis] += sum;
    }
}
