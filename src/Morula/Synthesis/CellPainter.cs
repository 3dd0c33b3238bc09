using System.Numerics;
using Morula.Volumes;

namespace Morula.Synthesis;

/// <summary>
/// Draws packed cells on the voxel grid: labels, and the stain as a thin sheet on every face before any blur. The field is
/// visited block by block; a block asks only the cells that can own one of its voxels or come second.
/// </summary>
internal sealed class CellPainter
{
    private readonly EmbryoOptions options;
    private readonly EmbryoField field;
    private readonly PackedCell[] cells;
    private readonly DomainWarp warp;
    private readonly FaceStain stain;
    private readonly int edge;
    private readonly float gain;
    private readonly float envelopeGain;
    private readonly float halfSheet;
    private readonly float halfGap;
    private readonly float voxelReach;
    private readonly LabelVolume labels;
    private readonly Volume image;

    private CellPainter(EmbryoOptions options, EmbryoField field, PackedCell[] cells, RandomStream stream)
    {
        this.options = options;
        this.field = field;
        this.cells = cells;
        float radius = field.RadiusOf(field.Content / options.CellCount);
        float finest = (float)field.Spacing.Steps.ToArray().Min();
        edge = field.RadiusOf(field.Content / cells.Length) < 16 * finest ? 4 : 8;
        warp = new DomainWarp(field, edge, radius, radius * (float)options.Wobble, stream.Fork(1));
        stain = new FaceStain(options, stream.Fork(2));
        double crest = SolidOverCrest(options, field);
        gain = (float)(options.MembraneBrightness * crest);
        envelopeGain = (float)(options.EnvelopeBrightness * crest);
        halfSheet = 0.5f * (float)options.MembraneThicknessMicrometres;
        halfGap = 0.5f * (float)options.GapVoxels * finest;
        voxelReach = halfSheet + (field.IsFlat ? field.Step with { Z = 0 } : field.Step).Length();
        labels = new LabelVolume(field.Extent, field.Spacing);
        image = new Volume(field.Extent, field.Spacing);
    }

    /// <summary>Labels by cell id, and brightness with 1 for a voxel full of membrane.</summary>
    public static (LabelVolume Labels, Volume Stain) Paint(EmbryoOptions options, EmbryoField field, PackedCell[] cells, RandomStream stream)
    {
        var painter = new CellPainter(options, field, cells, stream);
        Block[] blocks = [.. new Extent(field.Sizes).Split(Extent.Cube(3, painter.edge))];
        Parallel.ForEach(blocks, painter.PaintBlock);
        return (painter.labels, painter.image);
    }

    private void PaintBlock(Block block)
    {
        int count = (int)block.Extent.Count;
        Span<Vector3> points = stackalloc Vector3[count];
        var (least, most) = WarpedPoints(block, points);
        Span<int> rivals = stackalloc int[cells.Length];
        rivals = rivals[..Rivals(least, most, rivals)];
        int row = block.Upper[2] - block.Lower[2];
        for (int line = 0; line < count / row; line++)
        {
            int slice = block.Lower[0] + (line / (block.Upper[1] - block.Lower[1]));
            int height = block.Lower[1] + (line % (block.Upper[1] - block.Lower[1]));
            int start = (((slice * field.Sizes[1]) + height) * field.Sizes[2]) + block.Lower[2];
            for (int column = 0; column < row; column++)
                (labels.Voxels[start + column], image.Voxels[start + column]) = Voxel(points[(line * row) + column], rivals);
        }
    }

    private (Vector3 Least, Vector3 Most) WarpedPoints(Block block, Span<Vector3> points)
    {
        var (least, most) = (new Vector3(float.MaxValue), new Vector3(float.MinValue));
        int index = 0;
        for (int slice = block.Lower[0]; slice < block.Upper[0]; slice++)
        {
            for (int row = block.Lower[1]; row < block.Upper[1]; row++)
            {
                var (shift, step) = warp.Row(slice, row, block.Lower[2]);
                Vector3 point = field.PointAt(slice + 0.5f, row + 0.5f, block.Lower[2] + 0.5f) + shift;
                step += field.Step with { Y = 0, Z = 0 };
                for (int column = block.Lower[2]; column < block.Upper[2]; column++, point += step)
                {
                    points[index++] = point;
                    (least, most) = (Vector3.Min(least, point), Vector3.Max(most, point));
                }
            }
        }

        return (least, most);
    }

    /// <summary>Cells that can be first or second anywhere in a box: those whose least score there is at most the second least of the largest scores.</summary>
    private int Rivals(Vector3 least, Vector3 most, Span<int> rivals)
    {
        Vector3 middle = 0.5f * (least + most);
        float radius = 0.5f * Vector3.Distance(least, most);
        var (first, second) = (float.MaxValue, float.MaxValue);
        foreach (ref readonly PackedCell cell in cells.AsSpan())
        {
            float score = cell.Score(middle);
            if (score < first) (first, second) = (score, first);
            else if (score < second) second = score;
        }

        int count = 0;
        float bound = cells.Length == 1 ? float.MaxValue : second + (2 * radius);
        for (int cell = 0; cell < cells.Length; cell++)
        {
            if (cells[cell].Score(middle) <= bound) rivals[count++] = cell;
        }

        return count;
    }

    private (int Label, float Light) Voxel(Vector3 point, ReadOnlySpan<int> rivals)
    {
        float surface = field.SurfaceDistance(point, out Vector3 outward);
        if (surface > voxelReach) return (0, (float)options.BackgroundBrightness + Envelope(surface, outward));
        var (first, second) = (float.MaxValue, float.MaxValue);
        var (owner, next) = (-1, -1);
        foreach (int cell in rivals)
        {
            float score = cells[cell].Score(point);
            if (score < first) (first, second, owner, next) = (score, first, cell, owner);
            else if (score < second) (second, next) = (score, cell);
        }

        PackedCell own = cells[owner];
        Vector3 away = Away(point, own);
        float rim = first + own.Weight - ((float)options.Reach * own.RimRadius);
        if (rim > surface) (surface, outward) = (rim, away);
        float gap = float.MaxValue;
        Vector3 across = away;
        if (next >= 0)
        {
            Vector3 slope = Away(point, cells[next]) - away;
            float steepness = MathF.Max(slope.Length(), 0.05f);
            (gap, across) = ((second - first) / steepness, slope / steepness);
        }

        int label = surface < 0 && gap >= halfGap && !own.IsHollow ? own.Id : 0;
        return (label, Light(point, own, next, (surface, outward), (gap, across)));
    }

    private float Light(Vector3 point, in PackedCell own, int next, (float Distance, Vector3 Normal) outer, (float Distance, Vector3 Normal) inner)
    {
        float light = (float)(outer.Distance < 0 && !own.IsHollow ? options.CytoplasmBrightness : options.BackgroundBrightness);
        float sheet = 0;
        if (MathF.Abs(outer.Distance) < voxelReach)
        {
            var nothing = new PackedCell(0, Vector3.Zero, 0, own.Radius, own.Radius);
            sheet = Coverage(MathF.Abs(outer.Distance), outer.Normal) * stain.At(field, own, nothing, point);
        }

        bool hasFace = next >= 0 && !(own.IsHollow && cells[next].IsHollow);
        if (hasFace && inner.Distance < voxelReach && outer.Distance < 0)
            sheet = MathF.Max(sheet, Coverage(inner.Distance, inner.Normal) * stain.At(field, own, cells[next], point));
        return light + (sheet * gain);
    }

    private float Envelope(float surface, Vector3 outward) =>
        envelopeGain > 0 ? envelopeGain * Coverage(MathF.Abs(surface - (float)options.EnvelopeMicrometres), outward) : 0;

    /// <summary>Share of a voxel, seen as a slab across the membrane, that the membrane fills.</summary>
    private float Coverage(float distance, Vector3 normal)
    {
        float width = Vector3.Dot(Vector3.Abs(normal), field.Step);
        float low = MathF.Max(distance - (0.5f * width), -halfSheet);
        float high = MathF.Min(distance + (0.5f * width), halfSheet);
        return MathF.Max(0, high - low) / width;
    }

    private static Vector3 Away(Vector3 point, in PackedCell cell)
    {
        Vector3 away = point - cell.Centre;
        float length = away.Length();
        return length > 1e-6f ? away / length : Vector3.UnitX;
    }

    /// <summary>Brightness of solid membrane over that at which a flat sheet of it across the last axis crests after blur.</summary>
    private static double SolidOverCrest(EmbryoOptions options, EmbryoField field)
    {
        double thick = options.MembraneThicknessMicrometres;
        double voxel = field.Spacing.Steps[^1];
        double blur = field.BlurVoxels[^1] * voxel;
        double spread = Math.Sqrt((blur * blur) + (((thick * thick) + (voxel * voxel)) / 12));
        return Math.Max(1, Math.Sqrt(2 * Math.PI) * spread / thick);
    }
}
