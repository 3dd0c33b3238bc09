using Morula.Backbone;

namespace Morula.Planning;

/// <summary>The first convolution and the max-pool behind it, which remembers where every maximum was.</summary>
internal sealed class StemSketch : LayerSketch
{
    public const string Name = "stem";
    private readonly UnitSketch unit;
    private readonly int[] pool;

    public StemSketch(int rank, BackboneOptions options)
    {
        int[] step = AxisSteps.Expand(options.StemStride, rank, nameof(options.StemStride));
        pool = AxisSteps.Expand(options.StemPool, rank, nameof(options.StemPool));
        unit = new UnitSketch(Name, 1, options.StemWidth, AxisSteps.Kernel(rank, options.StemKernel, 1), step, options.Normalisation);
    }

    public override long Parameters => unit.Parameters;

    private bool IsPooled => pool.Any(step => step > 1);

    public override Sketch Forward(Ledger ledger, Sketch input, bool keeps)
    {
        Sketch fine = unit.Forward(ledger, input, keeps);
        if (!IsPooled) return fine;
        long[] shape = [.. fine.Shape[..2], .. fine.Space.Select((size, axis) => ((size - 1) / pool[axis]) + 1)];
        Sketch output = ledger.Make(Name, shape, fine.Width);
        Sketch places = ledger.Make(Name, shape, sizeof(long));
        if (keeps)
        {
            Keep(ledger, places);
            Keep(ledger, fine);
        }

        ledger.Release(places);
        ledger.Release(fine);
        return output;
    }

    public override Sketch? Backward(Ledger ledger, Sketch gradient, bool wantsInput)
    {
        if (!IsPooled) return unit.Backward(ledger, gradient, wantsInput);
        Sketch fine = TakeKept();
        Sketch places = TakeKept();
        Sketch spread = ledger.Make(Name, fine.Shape, fine.Width);
        ledger.Release(gradient);
        ledger.Release(places);
        ledger.Release(fine);
        return unit.Backward(ledger, spread, wantsInput);
    }
}
