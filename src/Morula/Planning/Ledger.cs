namespace Morula.Planning;

/// <summary>Who holds how much memory over the course of a step: tensors come and go, and the peak is remembered with what was alive.</summary>
internal sealed class Ledger
{
    private readonly Dictionary<string, long> alive = new(StringComparer.Ordinal);
    private readonly List<MemoryMoment> moments = [];
    private Dictionary<string, long> atPeak = new(StringComparer.Ordinal);
    private long current;
    private string moment = "start";
    private string peakMoment = "start";

    /// <summary>Largest memory so far, bytes.</summary>
    public long Peak { get; private set; }

    /// <summary>Floating-point operations so far, backward passes at twice their forward pass.</summary>
    public double Operations { get; set; }

    /// <summary>Bytes of the numbers that convolutions compute with.</summary>
    public int Width { get; set; } = sizeof(float);

    /// <summary>Stage that the workspace of operators is booked on.</summary>
    public static string Workspace => "workspace";

    /// <summary>Names what happens from here on.</summary>
    public void Begin(string name)
    {
        Note();
        moment = name;
    }

    /// <summary>Makes a tensor, held once.</summary>
    public Sketch Make(string stage, long[] shape, int width = sizeof(float))
    {
        var sketch = new Sketch(stage, shape, width) { Holders = 1 };
        Add(stage, sketch.OwnBytes);
        return sketch;
    }

    /// <summary>Some of a tensor's numbers in other sizes, in no memory of their own; held once.</summary>
    public static Sketch View(Sketch sketch, long[] shape) => new(sketch.Stage, shape, sketch.Width, isView: true) { Holders = 1 };

    /// <summary>Holds a tensor once more.</summary>
    public Sketch Hold(Sketch sketch)
    {
        if (sketch.Holders == 0) throw new InvalidOperationException($"A tensor of {sketch.Stage} is held again after it was let go.");
        sketch.Holders++;
        return sketch;
    }

    /// <summary>Lets go of a tensor once.</summary>
    public void Release(Sketch? sketch)
    {
        if (sketch is null) return;
        if (sketch.Holders == 0) throw new InvalidOperationException($"A tensor of {sketch.Stage} is let go once too often.");
        if (--sketch.Holders == 0) Add(sketch.Stage, -sketch.OwnBytes);
    }

    /// <summary>Books memory of a stage, or with a negative number gives it back.</summary>
    public void Add(string stage, long bytes)
    {
        alive[stage] = alive.GetValueOrDefault(stage) + bytes;
        current += bytes;
        if (current <= Peak) return;
        (Peak, peakMoment) = (current, moment);
        atPeak = new Dictionary<string, long>(alive, StringComparer.Ordinal);
    }

    /// <summary>Books memory that an operator needs for a moment only.</summary>
    public void Pass(long bytes)
    {
        Add(Workspace, bytes);
        Add(Workspace, -bytes);
    }

    /// <summary>What came out.</summary>
    public MemoryPlan ToPlan()
    {
        Note();
        return new MemoryPlan(Peak, peakMoment, atPeak.Where(entry => entry.Value > 0).ToDictionary(StringComparer.Ordinal), moments, Operations);
    }

    private void Note() => moments.Add(new MemoryMoment(moment, new Dictionary<string, long>(alive, StringComparer.Ordinal)));
}
