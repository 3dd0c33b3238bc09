namespace Morula.Planning;

/// <summary>
/// A layer that knows what memory its forward and backward pass take. What the forward pass keeps for the backward pass is stacked, so
/// that a layer may run several times before it runs backward, last call first.
/// </summary>
internal abstract class LayerSketch
{
    private readonly Stack<Sketch> kept = new();

    /// <summary>Learnt numbers.</summary>
    public virtual long Parameters => 0;

    /// <summary>The output, held for the caller; the input stays the caller's.</summary>
    /// <param name="ledger">Books.</param>
    /// <param name="input">Input.</param>
    /// <param name="keeps">Whether a backward pass follows.</param>
    public abstract Sketch Forward(Ledger ledger, Sketch input, bool keeps);

    /// <summary>The gradient of the input, held for the caller, or null where none is wanted; the gradient of the output is let go.</summary>
    public abstract Sketch? Backward(Ledger ledger, Sketch gradient, bool wantsInput);

    /// <summary>Keeps a tensor for the backward pass.</summary>
    protected void Keep(Ledger ledger, Sketch sketch) => kept.Push(ledger.Hold(sketch));

    /// <summary>The last tensor kept; the caller lets go of it.</summary>
    protected Sketch TakeKept() => kept.Pop();
}
