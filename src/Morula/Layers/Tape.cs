using Morula.Tensors;
using static TorchSharp.torch;

namespace Morula.Layers;

/// <summary>
/// Segments in the order in which they ran, and which output each one read: the backward pass goes through them from the last to the
/// first and lets go of each. An output that several segments read gets the sum of their gradients.
/// </summary>
/// <param name="precision">What convolutions compute with.</param>
internal sealed class Tape(Precision precision) : IDisposable
{
    private readonly List<Tensor> values = [];
    private readonly List<Entry?> entries = [];

    /// <summary>Takes a tensor that no gradient is wanted of, and gives its number. It stays the caller's.</summary>
    public int Enter(Tensor value)
    {
        using var scope = NewDisposeScope();
        values.Add(value.alias().DetachFromDisposeScope());
        entries.Add(null);
        return values.Count - 1;
    }

    /// <summary>Runs a segment on one earlier value, and gives the number of its output.</summary>
    public int Run(Func<Tensor, Tensor> run, bool isRecomputed, int input, nn.Module? owner = null) => Run(inputs => run(inputs[0]), isRecomputed, [input], owner);

    /// <summary>Runs a segment on earlier values, and gives the number of its output.</summary>
    /// <param name="run">Values to output.</param>
    /// <param name="isRecomputed">Whether to keep no activation.</param>
    /// <param name="inputs">Numbers of the values.</param>
    /// <param name="owner">Of the weights that no other segment has; null: there are none.</param>
    public int Run(Func<IReadOnlyList<Tensor>, Tensor> run, bool isRecomputed, int[] inputs, nn.Module? owner = null)
    {
        using var scope = NewDisposeScope();
        var segment = new Segment(Precisely, isRecomputed);
        bool needsGradient = inputs.Any(input => entries[input] is not null);
        Tensor output = segment.Forward([.. inputs.Select(input => values[input])], needsGradient);
        values.Add(output.DetachFromDisposeScope());
        entries.Add(new Entry(segment, inputs, owner));
        return values.Count - 1;

        Tensor Precisely(IReadOnlyList<Tensor> given)
        {
            using var half = HalfPrecision.Begin(precision == Precision.BFloat16, given[0].device_type);
            return run(given);
        }
    }

    /// <summary>A value, as a float32 leaf that gathers gradients, of the caller's scope.</summary>
    public Tensor Leaf(int value)
    {
        using var scope = NewDisposeScope();
        return values[value].detach().to(ScalarType.Float32).requires_grad_().MoveToOuterDisposeScope();
    }

    /// <summary>Lets go of the values themselves: segments hold what they need.</summary>
    public void EndForward()
    {
        foreach (Tensor value in values) value.Dispose();
        values.Clear();
    }

    /// <summary>Runs the backward pass from gradients of some values, each disposed when it is used up. The tape is empty afterwards.</summary>
    /// <param name="gradients">Of values.</param>
    /// <param name="begins">Told the number of each value whose segment's backward pass begins, for measurements.</param>
    /// <param name="ends">Told of weights whose gradients are whole.</param>
    public void Backward(
        IEnumerable<(int Value, Tensor Gradient)> gradients, Action<int>? begins = null, Action<IEnumerable<TorchSharp.Modules.Parameter>>? ends = null)
    {
        using var scope = NewDisposeScope();
        var gathered = new Tensor?[entries.Count];
        foreach (var (value, gradient) in gradients) Add(gathered, value, gradient);
        for (int value = entries.Count - 1; value >= 0; value--)
        {
            if (entries[value] is not { } entry) continue;
            begins?.Invoke(value);
            using Tensor? outgoing = gathered[value];
            gathered[value] = null;
            IReadOnlyList<Tensor?> incoming = outgoing is null ? [] : entry.Segment.Backward(outgoing);
            entry.Segment.Dispose();
            if (entry.Owner is not null) ends?.Invoke(entry.Owner.parameters());
            for (int input = 0; input < incoming.Count; input++)
                if (incoming[input] is { } part) Add(gathered, entry.Inputs[input], part);
        }

        entries.Clear();
    }

    /// <summary>Lets go of everything.</summary>
    public void Dispose()
    {
        EndForward();
        foreach (Entry? entry in entries) entry?.Segment.Dispose();
        entries.Clear();
    }

    // Sums go to a tensor of their own: a gradient may be shared with who made it.
    private static void Add(Tensor?[] gathered, int value, Tensor part)
    {
        if (gathered[value] is not { } before)
        {
            gathered[value] = part;
            return;
        }

        gathered[value] = before.Plus(part);
        before.Dispose();
        part.Dispose();
    }

    private sealed record Entry(Segment Segment, int[] Inputs, nn.Module? Owner);
}
