namespace Morula.Planning;

/// <summary>What a segment of the backbone runs: one layer on one map, or a lateral convolution to which the coarser merged map is added.</summary>
/// <param name="Layer">Of the first input.</param>
/// <param name="Inputs">Numbers of the values read; a second one is repeated and added.</param>
/// <param name="IsRecomputed">Whether it keeps its inputs alone.</param>
/// <param name="Name">Of the moment.</param>
internal sealed record Strand(LayerSketch Layer, int[] Inputs, bool IsRecomputed, string Name)
{
    /// <summary>The output, held for the caller.</summary>
    public Sketch Forward(Ledger ledger, IReadOnlyList<Sketch> inputs, bool keeps)
    {
        Sketch output = Layer.Forward(ledger, inputs[0], keeps);
        if (inputs.Count > 1) ledger.Pass(output.Bytes);
        return output;
    }

    /// <summary>Gradients of the inputs; the gradient of the output is let go.</summary>
    public Sketch?[] Backward(Ledger ledger, Sketch gradient, IReadOnlyList<Sketch> inputs, bool wantsInput)
    {
        if (inputs.Count == 1) return [Layer.Backward(ledger, gradient, wantsInput)];
        Sketch coarse = ledger.Make(inputs[1].Stage, inputs[1].Shape, gradient.Width);
        return [Layer.Backward(ledger, gradient, wantsInput), coarse];
    }
}
