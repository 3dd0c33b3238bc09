using Morula.Layers;

namespace Morula.Planning;

/// <summary>Normalisation, and rectification in place behind it. A group normalisation keeps its input, as a scale per channel does.</summary>
internal sealed class NormSketch(string stage, int channels, Normalisation kind, bool rectified) : LayerSketch
{
    public override long Parameters => kind == Normalisation.None ? 0 : 2L * channels;

    public override Sketch Forward(Ledger ledger, Sketch input, bool keeps)
    {
        bool isNone = kind == Normalisation.None;
        if (keeps && !isNone) Keep(ledger, input);
        Sketch output = isNone ? ledger.Hold(input) : ledger.Make(stage, input.Shape, input.Width);

        if (keeps && rectified) Keep(ledger, output);
        return output;
    }

    public override Sketch? Backward(Ledger ledger, Sketch gradient, bool wantsInput)
    {
        if (rectified)
        {
            Sketch result = TakeKept();
            gradient = Fresh(ledger, gradient);
            ledger.Release(result);
        }

        if (kind == Normalisation.None) return gradient;
        Sketch input = TakeKept();
        // The gradient of the scale is made voxel by voxel before it is summed.
        if (kind == Normalisation.Affine) ledger.Pass(2 * input.Bytes);
        gradient = Fresh(ledger, gradient);
        ledger.Release(input);
        return gradient;
    }

    private Sketch Fresh(Ledger ledger, Sketch gradient)
    {
        Sketch fresh = ledger.Make(stage, gradient.Shape, gradient.Width);
        ledger.Release(gradient);
        return fresh;
    }
}
