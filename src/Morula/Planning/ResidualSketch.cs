using Morula.Backbone;

namespace Morula.Planning;

/// <summary>A residual block; body and shortcut are added and rectified in place.</summary>
internal sealed class ResidualSketch : LayerSketch
{
    private readonly List<UnitSketch> body = [];
    private readonly UnitSketch? shortcut;
    private readonly string stage;

    public ResidualSketch(string stage, int inputs, int outputs, int[] stride, BackboneOptions options, bool projected)
    {
        this.stage = stage;
        int rank = stride.Length;
        int[] one = AxisSteps.Kernel(rank, 1, 1);
        int[] three = AxisSteps.Kernel(rank, 3, options.TimeKernel);
        int inner = outputs / 4;
        if (options.Block == BlockKind.Bottleneck)
        {
            body.Add(Unit(inputs, inner, one, stride, true));
            body.Add(Unit(inner, inner, three, one, true));
            body.Add(Unit(inner, outputs, one, one, false));
        }
        else
        {
            body.Add(Unit(inputs, outputs, three, stride, true));
            body.Add(Unit(outputs, outputs, three, one, false));
        }

        if (projected) shortcut = Unit(inputs, outputs, one, stride, false);

        UnitSketch Unit(int from, int to, int[] kernel, int[] step, bool rectified) => new(stage, from, to, kernel, step, options.Normalisation, rectified);
    }

    public string Stage => stage;

    public override long Parameters => body.Sum(unit => unit.Parameters) + (shortcut?.Parameters ?? 0);

    public override Sketch Forward(Ledger ledger, Sketch input, bool keeps)
    {
        Sketch current = ledger.Hold(input);
        foreach (UnitSketch unit in body)
        {
            Sketch next = unit.Forward(ledger, current, keeps);
            ledger.Release(current);
            current = next;
        }

        if (shortcut is not null) ledger.Release(shortcut.Forward(ledger, input, keeps));
        if (keeps) Keep(ledger, current);
        return current;
    }

    public override Sketch? Backward(Ledger ledger, Sketch gradient, bool wantsInput)
    {
        Sketch result = TakeKept();
        Sketch shared = ledger.Make(stage, gradient.Shape, gradient.Width);
        ledger.Release(gradient);
        ledger.Release(result);
        // What came last is done first: the shortcut. Without one the gradient itself waits for that of the body.
        Sketch? direct = shortcut is null ? ledger.Hold(shared) : shortcut.Backward(ledger, ledger.Hold(shared), wantsInput);
        Sketch? current = shared;
        for (int unit = body.Count - 1; unit >= 0; unit--) current = body[unit].Backward(ledger, current!, unit > 0 || wantsInput);
        ledger.Release(direct);
        return current;
    }
}
