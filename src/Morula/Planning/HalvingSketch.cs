namespace Morula.Planning;

/// <summary>Every second voxel of a map; it remembers sizes alone.</summary>
internal sealed class HalvingSketch : LayerSketch
{
    private readonly Stack<long[]> shapes = new();

    public override Sketch Forward(Ledger ledger, Sketch input, bool keeps)
    {
        // Time is not halved.
        long[] space = [.. input.Space.Select((size, axis) => input.Space.Length > 3 && axis == 0 ? size : (size + 1) / 2)];
        if (keeps) shapes.Push(input.Shape);
        return ledger.Make(BackboneSketch.Pyramid, [.. input.Shape[..2], .. space], input.Width);
    }

    public override Sketch? Backward(Ledger ledger, Sketch gradient, bool wantsInput)
    {
        Sketch incoming = ledger.Make(BackboneSketch.Pyramid, shapes.Pop(), gradient.Width);
        // Every axis of a slice has zeros of its own.
        ledger.Pass(incoming.Bytes);
        ledger.Release(gradient);
        return incoming;
    }
}
