using Morula.Model;
using Morula.Volumes;

namespace Morula.Inference;

/// <summary>An image being painted: one owner and one number per voxel, whatever the number of masks.</summary>
internal sealed class Canvas
{
    // Less than any threshold leaves of a certain one.
    private const double UncertainWeight = 1e-6;

    private readonly PlacedMask[] masks;
    private readonly Extent extent;
    private readonly PaintOptions options;
    private readonly long[] strides;
    private readonly Extent bins;
    private readonly float[] weights;
    private readonly double[] shares;
    private readonly long[] own;
    private readonly long[] held;
    private readonly bool[] dropped;

    public Canvas(Detections detections, PlacedMask[] masks, Extent extent, PaintOptions options)
    {
        (this.masks, this.extent, this.options) = (masks, extent, options);
        strides = extent.Strides();
        bins = detections.MaskExtent;
        weights = [.. detections.Scores.Select(score => (float)(Math.Pow(Math.Max(score, 1e-6), options.ScoreWeight) * (options.IsSure(score) ? 1 : UncertainWeight)))];
        shares = [.. detections.Scores.Select(score => options.IsSure(score) ? options.MinimumShare : Math.Max(options.MinimumShare, options.UncertainShare))];
        (own, held, dropped) = (new long[masks.Length], new long[masks.Length], new bool[masks.Length]);
        Owners = new int[extent.Count];
        Probabilities = new float[extent.Count];
    }

    /// <summary>Per voxel, place of its owner + 1, or 0.</summary>
    public int[] Owners { get; }

    /// <summary>
    /// While painting: weighted probability of the owner, or minus the highest probability below the threshold where there is no
    /// owner. After <see cref="Finish"/>: plain probability.
    /// </summary>
    public float[] Probabilities { get; }

    public void PaintAll()
    {
        Parallel.For(0, extent[0], MakeBrush, (slice, _, brush) =>
        {
            Block slab = Slab(extent.Whole, slice);
            for (int index = 0; index < masks.Length; index++)
            {
                brush.Load(index);
                masks[index].Visit(slab, strides, brush.Buffers, brush.Visitor);
                Interlocked.Add(ref own[index], brush.TakeCount());
            }

            CountOwners(slab, 1);
            return brush;
        }, _ => { });
    }

    /// <summary>Drops what is too small or too covered, lowest score first, and repaints where it lay.</summary>
    public void DropWeak()
    {
        Brush brush = MakeBrush();
        for (int index = masks.Length - 1; index >= 0; index--)
        {
            if (!IsWeak(index)) continue;
            dropped[index] = true;
            if (held[index] > 0) Repaint(masks[index].Block, brush);
        }
    }

    /// <summary>Removes what fell below the least size, numbers the rest from 1 and settles the probabilities; tells who stayed.</summary>
    public int[] Finish()
    {
        Array.Clear(held);
        CountOwners(extent.Whole, 1);
        int[] kept = [.. Enumerable.Range(0, masks.Length).Where(index => held[index] >= Math.Max(1, options.MinimumVoxels))];
        var labels = new int[masks.Length + 1];
        for (int place = 0; place < kept.Length; place++) labels[kept[place] + 1] = place + 1;
        Parallel.For(0, extent[0], slice =>
        {
            long row = extent.Count / extent[0];
            for (long voxel = slice * row; voxel < (slice + 1) * row; voxel++)
            {
                float value = Probabilities[voxel];
                // An owner may have been taken away since, so the sign tells how the number is to be read.
                Probabilities[voxel] = value > 0 ? value / weights[Math.Abs(Owners[voxel]) - 1] : -value;
                Owners[voxel] = Owners[voxel] > 0 ? labels[Owners[voxel]] : 0;
            }
        });
        return kept;
    }

    // Dropping a cell only gives voxels to others, so one pass from the lowest score upward meets every case in order.
    private bool IsWeak(int index) =>
        held[index] < Math.Max(1, options.MinimumVoxels) || held[index] < shares[index] * own[index];

    private void Repaint(Block region, Brush brush)
    {
        CountOwners(region, -1);
        EachRow(region, (start, count) =>
        {
            Owners.AsSpan((int)start, count).Clear();
            Probabilities.AsSpan((int)start, count).Clear();
        });
        for (int index = 0; index < masks.Length; index++)
        {
            if (dropped[index]) continue;
            brush.Load(index);
            masks[index].Visit(region, strides, brush.Buffers, brush.Visitor);
        }

        CountOwners(region, 1);
    }

    private void CountOwners(Block region, int sign)
    {
        EachRow(region, (start, count) =>
        {
            ReadOnlySpan<int> row = Owners.AsSpan((int)start, count);
            for (int column = 0; column < row.Length;)
            {
                int end = column + 1;
                while (end < row.Length && row[end] == row[column]) end++;
                if (row[column] > 0) Interlocked.Add(ref held[row[column] - 1], sign * (end - column));
                column = end;
            }
        });
    }

    private void EachRow(Block region, Action<long, int> visit)
    {
        if (region.IsEmpty) return;
        Descend(0, 0);

        void Descend(int axis, long start)
        {
            int from = region.Lower[axis];
            int to = region.Upper[axis];
            if (axis == extent.Rank - 1)
            {
                visit(start + from, to - from);
                return;
            }

            for (int index = from; index < to; index++) Descend(axis + 1, start + (index * strides[axis]));
        }
    }

    private static Block Slab(Block whole, int slice)
    {
        var (from, to) = (whole.Lower.ToArray(), whole.Upper.ToArray());
        (from[0], to[0]) = (slice, slice + 1);
        return new Block(from, to);
    }

    private Brush MakeBrush() => new(this);

    /// <summary>What one thread needs to paint.</summary>
    private sealed class Brush
    {
        private readonly Canvas canvas;
        private readonly float threshold;
        private int owner;
        private float weight;
        private long count;

        public Brush(Canvas canvas)
        {
            this.canvas = canvas;
            threshold = (float)canvas.options.Threshold;
            Buffers = PlacedMask.Buffers(canvas.bins, canvas.extent[canvas.extent.Rank - 1]);
            Visitor = Paint;
        }

        public float[][] Buffers { get; }

        public PlacedMask.RowVisitor Visitor { get; }

        public void Load(int index) => (owner, weight, count) = (index + 1, canvas.weights[index], 0);

        public long TakeCount() => count;

        private void Paint(long start, ReadOnlySpan<float> probabilities)
        {
            Span<int> owners = canvas.Owners.AsSpan((int)start, probabilities.Length);
            Span<float> best = canvas.Probabilities.AsSpan((int)start, probabilities.Length);
            for (int column = 0; column < probabilities.Length; column++)
            {
                float probability = probabilities[column];
                if (probability >= threshold && probability > 0)
                {
                    count++;
                    if (probability * weight <= best[column]) continue;
                    best[column] = probability * weight;
                    owners[column] = owner;
                }
                else if (best[column] <= 0 && -probability < best[column])
                {
                    best[column] = -probability;
                }
            }
        }
    }
}
