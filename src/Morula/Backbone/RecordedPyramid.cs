using Morula.Layers;
using static TorchSharp.torch;

namespace Morula.Backbone;

/// <summary>Levels of a pyramid that gather gradients, and the backward pass of what made them.</summary>
public sealed class RecordedPyramid : IDisposable
{
    private readonly Tape tape;
    private readonly int[] numbers;

    internal RecordedPyramid(Tape tape, int[] numbers)
    {
        this.tape = tape;
        this.numbers = numbers;
        Levels = [.. numbers.Select(number => tape.Leaf(number).DetachFromDisposeScope())];
        tape.EndForward();
    }

    /// <summary>Feature maps [N, width, *(S / stride)], finest first: leaves, to be used until <see cref="Backward()"/>.</summary>
    public IReadOnlyList<Tensor> Levels { get; }

    /// <summary>Hands the gradients that the levels have gathered to the weights that made them; the levels are gone afterwards.</summary>
    public void Backward() => Backward(null);

    /// <summary>
    /// The same; <paramref name="begins"/> is told the number of each part's output on the tape when its backward pass begins,
    /// <paramref name="ends"/> of weights whose gradients are whole.
    /// </summary>
    internal void Backward(Action<int>? begins, Action<IEnumerable<TorchSharp.Modules.Parameter>>? ends = null)
    {
        using var scope = NewDisposeScope();
        var gradients = new List<(int, Tensor)>();
        for (int level = 0; level < Levels.Count; level++)
            if (Levels[level].grad is { } gradient) gradients.Add((numbers[level], gradient));
        ReleaseLevels();
        tape.Backward(gradients, begins, ends);
    }

    /// <summary>Lets go of the levels and of what is kept for the backward pass.</summary>
    public void Dispose()
    {
        ReleaseLevels();
        tape.Dispose();
    }

    private void ReleaseLevels()
    {
        foreach (Tensor level in Levels) level.Dispose();
    }
}
