namespace Morula.Planning;

/// <summary>The segments of the backbone forward, and backward by hand from the last to the first.</summary>
internal sealed class TapeSketch(Ledger ledger)
{
    private readonly List<Sketch?> values = [];
    private readonly List<(Strand? Strand, Sketch[] Leaves, Sketch? Root)> entries = [];

    /// <summary>Takes a tensor that no gradient is wanted of.</summary>
    public int Enter(Sketch value)
    {
        values.Add(ledger.Hold(value));
        entries.Add((null, [], null));
        return values.Count - 1;
    }

    /// <summary>Runs a segment.</summary>
    public int Run(Strand strand)
    {
        ledger.Begin(strand.Name);
        Sketch[] leaves = [.. strand.Inputs.Select(input => ledger.Hold(values[input]!))];
        Sketch output = strand.Forward(ledger, leaves, keeps: !strand.IsRecomputed);
        values.Add(output);
        entries.Add((strand, leaves, strand.IsRecomputed ? null : ledger.Hold(output)));
        return values.Count - 1;
    }

    /// <summary>A value, held once more.</summary>
    public Sketch Leaf(int value) => ledger.Hold(values[value]!);

    /// <summary>Lets go of the values: segments hold what they need.</summary>
    public void EndForward()
    {
        foreach (Sketch? value in values) ledger.Release(value);
        values.Clear();
    }

    /// <summary>Runs the backward pass from gradients of some values, which it lets go.</summary>
    public void Backward(IEnumerable<(int Value, Sketch Gradient)> gradients)
    {
        var gathered = new Sketch?[entries.Count];
        foreach (var (value, gradient) in gradients) Add(gathered, value, gradient);
        for (int value = entries.Count - 1; value >= 0; value--)
        {
            var (strand, leaves, root) = entries[value];
            if (strand is not null && gathered[value] is { } outgoing) Backward(strand, leaves, root, outgoing, gathered);
            else ledger.Release(gathered[value]);
            gathered[value] = null;
        }
    }

    private void Backward(Strand strand, Sketch[] leaves, Sketch? root, Sketch outgoing, Sketch?[] gathered)
    {
        ledger.Begin($"{strand.Name} backward");
        root ??= strand.Forward(ledger, leaves, keeps: true);
        bool wantsInput = strand.Inputs.Any(input => entries[input].Strand is not null);
        // The gradient of the output stays the caller's until the segment is through.
        Sketch?[] incoming = strand.Backward(ledger, ledger.Hold(outgoing), leaves, wantsInput);
        foreach (Sketch leaf in leaves) ledger.Release(leaf);
        ledger.Release(root);
        ledger.Release(outgoing);
        for (int input = 0; input < incoming.Length; input++)
            if (incoming[input] is { } part) Add(gathered, strand.Inputs[input], part);
    }

    // A sum is a tensor of its own.
    private void Add(Sketch?[] gathered, int value, Sketch part)
    {
        if (gathered[value] is { } before)
        {
            Sketch sum = ledger.Make(part.Stage, part.Shape, part.Width);
            ledger.Release(before);
            ledger.Release(part);
            part = sum;
        }

        gathered[value] = part;
    }
}
