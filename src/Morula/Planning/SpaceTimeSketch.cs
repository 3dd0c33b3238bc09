namespace Morula.Planning;

/// <summary>The factors of a convolution over [N, C, T, *S]: space with frames folded into the batch, then time; every fold is a copy.</summary>
internal sealed class SpaceTimeSketch : LayerSketch
{
    private readonly string stage;
    private readonly SmallMapSketch space;
    private readonly ConvSketch? time;

    public SpaceTimeSketch(string stage, int inputs, int outputs, int[] kernel, int[] stride, bool padded, bool bias)
    {
        this.stage = stage;
        space = new SmallMapSketch(new ConvSketch(stage, inputs, outputs, kernel[1..], stride[1..], padded, bias));
        if (kernel[0] > 1 || stride[0] > 1) time = new ConvSketch(stage, outputs, outputs, [kernel[0]], [stride[0]], padded, bias: false);
    }

    public override long Parameters => space.Parameters + (time?.Parameters ?? 0);

    public override Sketch Forward(Ledger ledger, Sketch input, bool keeps)
    {
        var (batch, frames) = (input.Shape[0], input.Shape[2]);
        Sketch slices = ledger.Make(stage, [batch * frames, input.Shape[1], .. input.Shape[3..]], input.Width);
        Sketch mixed = space.Forward(ledger, slices, keeps);
        ledger.Release(slices);
        var (width, inner) = (mixed.Shape[1], mixed.Shape[2..]);
        Sketch last = mixed;
        if (time is not null)
        {
            long voxels = inner.Aggregate(1L, (product, size) => product * size);
            Sketch series = ledger.Make(stage, [batch * voxels, width, frames], input.Width);
            last = time.Forward(ledger, series, keeps);
            ledger.Release(series);
            frames = last.Shape[2];
        }

        Sketch output = ledger.Make(stage, [batch, width, frames, .. inner], input.Width);
        if (time is not null) ledger.Release(last);
        ledger.Release(mixed);
        return output;
    }

    public override Sketch? Backward(Ledger ledger, Sketch gradient, bool wantsInput)
    {
        var (batch, width, frames, inner) = (gradient.Shape[0], gradient.Shape[1], gradient.Shape[2], gradient.Shape[3..]);
        long voxels = inner.Aggregate(1L, (product, size) => product * size);
        Sketch current = gradient;
        if (time is not null)
        {
            Sketch series = ledger.Make(stage, [batch * voxels, width, frames], gradient.Width);
            ledger.Release(current);
            current = time.Backward(ledger, series, wantsInput: true)!;
            frames = current.Shape[2];
        }

        Sketch slices = ledger.Make(stage, [batch * frames, width, .. inner], gradient.Width);
        ledger.Release(current);
        if (space.Backward(ledger, slices, wantsInput) is not { } folded) return null;
        Sketch incoming = ledger.Make(stage, [batch, folded.Shape[1], frames, .. folded.Shape[2..]], gradient.Width);
        ledger.Release(folded);
        return incoming;
    }
}
