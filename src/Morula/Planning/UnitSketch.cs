using Morula.Layers;

namespace Morula.Planning;

/// <summary>Convolution, normalisation and rectification.</summary>
internal sealed class UnitSketch : LayerSketch
{
    private readonly LayerSketch convolution;
    private readonly NormSketch normalisation;

    public UnitSketch(string stage, int inputs, int outputs, int[] kernel, int[] stride, Normalisation kind, bool rectified = true)
    {
        convolution = kernel.Length > 3
            ? new SpaceTimeSketch(stage, inputs, outputs, kernel, stride, padded: true, bias: kind != Normalisation.Group)
            : new SmallMapSketch(new ConvSketch(stage, inputs, outputs, kernel, stride, padded: true, bias: kind != Normalisation.Group));
        normalisation = new NormSketch(stage, outputs, kind, rectified);
    }

    public override long Parameters => convolution.Parameters + normalisation.Parameters;

    public static LayerSketch CreateConvolution(string stage, int inputs, int outputs, int[] kernel, int[] stride, bool bias = true, bool padded = true) =>
        kernel.Length > 3
            ? new SpaceTimeSketch(stage, inputs, outputs, kernel, stride, padded, bias)
            : new ConvSketch(stage, inputs, outputs, kernel, stride, padded, bias);

    public override Sketch Forward(Ledger ledger, Sketch input, bool keeps)
    {
        Sketch mixed = convolution.Forward(ledger, input, keeps);
        Sketch output = normalisation.Forward(ledger, mixed, keeps);
        ledger.Release(mixed);
        return output;
    }

    public override Sketch? Backward(Ledger ledger, Sketch gradient, bool wantsInput) =>
        convolution.Backward(ledger, normalisation.Backward(ledger, gradient, wantsInput: true)!, wantsInput);
}
