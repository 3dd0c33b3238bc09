namespace Morula.Planning;

/// <summary>
/// A convolution of [N, C, *S] of rank 1 to 3, as libtorch runs it on the processor. Large inputs go to oneDNN, which copies input,
/// output and weights into a blocked order of sixteen channels; small ones (fewer than 20480 numbers along the first four axes, one
/// image, no kernel above 3) are unrolled into columns and multiplied (ATen/native/Convolution.cpp, use_mkldnn).
/// </summary>
internal sealed class ConvSketch(string stage, int inputs, int outputs, int[] kernel, int[] stride, bool padded, bool bias) : LayerSketch
{
    private const int Lanes = 16;
    private const long LeastForBlocks = 20480;

    private bool ownPadding;

    public override long Parameters => Taps * inputs * outputs + (bias ? outputs : 0);

    public string Stage => stage;

    public int[] Stride => stride;

    /// <summary>Whether the convolution may be run by halves of a small map (see FastConv).</summary>
    public bool IsCubic => padded && kernel.Length == 3 && kernel[0] == 3 && kernel[1] <= 3 && kernel[2] <= 3;

    /// <summary>Whether libtorch runs it by columns on this input.</summary>
    public bool IsSlow(Sketch input) => !IsBlocked(input);

    /// <summary>The same convolution of halves, which bring their own padding along the first axis.</summary>
    public Sketch ForwardOfHalves(Ledger ledger, Sketch halves, bool keeps)
    {
        ownPadding = true;
        Sketch output = Forward(ledger, halves, keeps);
        ownPadding = false;
        return output;
    }

    private long Taps => kernel.Aggregate(1L, (product, size) => product * size);

    private bool IsStrided => stride.Any(step => step > 1);

    public long[] Size(long[] space) => [.. space.Select((size, axis) =>
        ((size + (padded && !(ownPadding && axis == 0) ? kernel[axis] / 2 * 2 : 0) - kernel[axis]) / stride[axis]) + 1)];

    public override Sketch Forward(Ledger ledger, Sketch input, bool keeps)
    {
        Sketch seen = InPrecision(ledger, input);
        Sketch output = Convolve(ledger, seen, keeps);
        ledger.Release(seen);
        return output;
    }

    private Sketch Convolve(Ledger ledger, Sketch input, bool keeps)
    {
        long[] shape = [input.Shape[0], outputs, .. Size(input.Space)];
        var dry = new Sketch(stage, shape, input.Width);
        ledger.Operations += 2.0 * dry.Count * Taps * inputs;
        if (keeps) Keep(ledger, input);
        if (IsBlocked(input)) ledger.Pass(Blocked(input) + Weights(input.Width) + Blocked(dry));
        else ledger.Pass(Columns(dry, isForward: true) + dry.Bytes);
        Sketch output = ledger.Make(stage, shape, input.Width);
        if (IsBlocked(input)) ledger.Pass(Blocked(output));
        return output;
    }

    public override Sketch? Backward(Ledger ledger, Sketch gradient, bool wantsInput)
    {
        Sketch input = TakeKept();
        bool isBlocked = IsBlocked(input);
        ledger.Operations += 2.0 * gradient.Count * Taps * inputs * (wantsInput ? 2 : 1);
        Sketch? incoming = null;
        if (wantsInput)
        {
            if (isBlocked) ledger.Pass(Blocked(gradient) + Blocked(input) + Weights(input.Width));
            incoming = ledger.Make(stage, input.Shape, input.Width);
            ledger.Pass(isBlocked ? Blocked(input) * (IsStrided ? 2 : 1) : Columns(gradient, isForward: false));
        }

        long weights = Weights(sizeof(float));
        ledger.Pass(isBlocked ? Blocked(gradient) + Blocked(input) + (2 * weights) : Columns(gradient, isForward: true) + weights);
        ledger.Release(gradient);
        ledger.Release(input);
        return incoming;
    }

    // Half precision converts its input first, and keeps that.
    private Sketch InPrecision(Ledger ledger, Sketch input) =>
        input.Width > ledger.Width ? ledger.Make(stage, input.Shape, ledger.Width) : ledger.Hold(input);

    private bool IsBlocked(Sketch input) =>
        input.Shape[0] > 1 || input.Width < sizeof(float) || kernel[^1] > 3 || input.Shape.Take(4).Aggregate(1L, (product, size) => product * size) > LeastForBlocks;

    private long Weights(int width) => Taps * inputs * outputs * width;

    // Channels of the blocked order are rounded up; a single channel is read as it is.
    private static long Blocked(Sketch map) => map.Shape[1] == 1 ? map.Bytes : map.Bytes / map.Shape[1] * ((map.Shape[1] + Lanes - 1) / Lanes * Lanes);

    // A pointwise convolution needs no columns forward.
    private long Columns(Sketch output, bool isForward) =>
        isForward && Taps == 1 && !IsStrided ? 0 : output.Count / outputs * inputs * Taps * output.Width;
}
