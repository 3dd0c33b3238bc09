namespace Morula.Planning;

/// <summary>A convolution that runs one small map as two overlapping halves (see FastConv): padded copy, halves, results, all copies.</summary>
internal sealed class SmallMapSketch(ConvSketch convolution) : LayerSketch
{
    private const int LeastSlices = 4;
    private readonly Stack<Sketch?> wide = new();

    public override long Parameters => convolution.Parameters;

    private string Stage => convolution.Stage;

    public override Sketch Forward(Ledger ledger, Sketch input, bool keeps)
    {
        bool isHalved = convolution.IsCubic && input.Shape[0] == 1 && input.Shape[2] >= LeastSlices && convolution.IsSlow(input) && ledger.Width == sizeof(float);
        if (!isHalved)
        {
            if (keeps) wide.Push(null);
            return convolution.Forward(ledger, input, keeps);
        }

        int stride = convolution.Stride[0];
        long outputs = ((input.Shape[2] - 1) / stride) + 1;
        long half = (outputs + 1) / 2;
        Sketch padded = ledger.Make(Stage, [1, input.Shape[1], input.Shape[2] + 2 + stride, .. input.Shape[3..]]);
        if (keeps) wide.Push(new Sketch(Stage, padded.Shape, padded.Width));
        Sketch halves = ledger.Make(Stage, [2, input.Shape[1], ((half - 1) * stride) + 3, .. input.Shape[3..]]);
        Sketch both = convolution.ForwardOfHalves(ledger, halves, keeps);
        Sketch output = ledger.Make(Stage, [1, both.Shape[1], outputs, .. both.Shape[3..]]);
        foreach (Sketch part in new[] { padded, halves, both }) ledger.Release(part);
        return output;
    }

    public override Sketch? Backward(Ledger ledger, Sketch gradient, bool wantsInput)
    {
        if (wide.Pop() is not { } padded) return convolution.Backward(ledger, gradient, wantsInput);
        long half = (gradient.Shape[2] + 1) / 2;
        Sketch both = ledger.Make(Stage, [2, gradient.Shape[1], half, .. gradient.Shape[3..]]);
        // Each half arrives in zeros of its own.
        ledger.Pass(2 * both.Bytes);
        ledger.Release(gradient);
        if (convolution.Backward(ledger, both, wantsInput) is not { } halves) return null;
        ledger.Pass(2 * padded.Bytes);
        Sketch incoming = ledger.Make(Stage, [1, padded.Shape[1], padded.Shape[2] - 2 - convolution.Stride[0], .. padded.Shape[3..]]);
        ledger.Release(halves);
        return incoming;
    }
}
