using System.Numerics;
using Morula.Lineages;

namespace Morula.Synthesis;

/// <summary>
/// Cells from frame to frame: each drifts on a smoothed random walk while the packing relaxes, and when its time has come it
/// splits across its long axis. The daughters start close to the mother's centre, where together they own what she owned,
/// and part as the packing relaxes.
/// </summary>
internal sealed class CellMotion
{
    private const float Relaxation = 0.3f;
    private const float WeightGain = 0.3f;
    private const float SplitOffset = 0.3f;

    // At this share of the offset the union of the daughters has the volume of the mother.
    private const float WeightDrop = 0.5f;
    private const float MostLevel = 0.92f;

    private readonly EmbryoMovieOptions options;
    private readonly EmbryoField field;
    private readonly CellPacking packing;
    private readonly RandomStream stream;
    private readonly Dictionary<int, (Vector3 Step, double Dies)> lives = [];
    private readonly Dictionary<int, Track> tracks = [];
    private readonly float radius;
    private PackedCell[] cells;
    private int newest;

    public CellMotion(EmbryoMovieOptions options, EmbryoField field, RandomStream stream)
    {
        this.options = options;
        this.field = field;
        this.stream = stream;
        EmbryoOptions embryo = options.Embryo;
        packing = new CellPacking(field, Math.Min(field.LargestCellCount, 4 * embryo.CellCount));
        radius = field.RadiusOf(field.Content / embryo.CellCount);
        cells = packing.Draw(embryo.CellCount, embryo.SizeVariation, embryo.Relaxation, stream.Fork(-1));
        newest = cells.Length;
        RandomStream ages = stream.Fork(-2);
        foreach (PackedCell cell in cells) Begin(cell.Id, 0, 0, LifeTime(ref ages) * ages.Uniform());
    }

    /// <summary>Tracks so far; those that live end at the newest frame.</summary>
    public IReadOnlyList<Track> Tracks => [.. tracks.Values.OrderBy(track => track.Id)];

    /// <summary>Cells of every frame in turn.</summary>
    public IEnumerable<PackedCell[]> Frames()
    {
        yield return cells;
        for (int frame = 1; frame < options.Frames; frame++)
        {
            RandomStream own = stream.Fork(frame);
            Move(ref own);
            cells = packing.Relax(cells, Relaxation, WeightGain);
            Divide(frame, ref own);
            foreach (PackedCell cell in cells) tracks[cell.Id] = tracks[cell.Id] with { LastFrame = frame };
            yield return cells;
        }
    }

    private void Move(ref RandomStream own)
    {
        float kept = (float)options.Persistence;
        float fresh = MathF.Sqrt(1 - (kept * kept)) * (float)options.Drift * radius;
        cells = [.. cells];
        for (int index = 0; index < cells.Length; index++)
        {
            var (step, dies) = lives[cells[index].Id];
            step = (kept * step) + (fresh * field.Gaussian(ref own));
            lives[cells[index].Id] = (step, dies);
            cells[index] = cells[index] with { Centre = field.HoldInside(cells[index].Centre + step, MostLevel) };
        }
    }

    private void Divide(int frame, ref RandomStream own)
    {
        var next = new List<PackedCell>(cells.Length);
        for (int index = 0; index < cells.Length; index++)
        {
            PackedCell cell = cells[index];
            int others = cells.Length - index - 1;
            if (lives[cell.Id].Dies > frame || next.Count + 2 + others > field.LargestCellCount)
            {
                next.Add(cell);
                continue;
            }

            next.AddRange(Split(cell, packing.LongAxis(cells, index, ref own), frame, ref own));
        }

        cells = [.. next];
    }

    private PackedCell[] Split(PackedCell mother, Vector3 axis, int frame, ref RandomStream own)
    {
        float small = field.RadiusOf(field.ContentOf(mother.Radius) / 2);
        var daughters = new PackedCell[2];
        for (int side = 0; side < 2; side++)
        {
            Vector3 offset = (side == 0 ? SplitOffset : -SplitOffset) * mother.Radius * axis;
            daughters[side] = new PackedCell(++newest, mother.Centre + offset, mother.Weight - (WeightDrop * offset.Length()), small, mother.RimRadius);
            Begin(newest, frame, mother.Id, frame + LifeTime(ref own));
            lives[newest] = (lives[mother.Id].Step, lives[newest].Dies);
        }

        lives.Remove(mother.Id);
        return daughters;
    }

    private void Begin(int id, int frame, int parent, double dies)
    {
        tracks[id] = new Track(id, frame, frame, parent);
        lives[id] = (Vector3.Zero, dies);
    }

    private double LifeTime(ref RandomStream own) =>
        options.DivisionRate > 0 ? own.Uniform(0.75, 1.25) / options.DivisionRate : double.PositiveInfinity;
}
