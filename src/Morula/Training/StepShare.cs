using System.Runtime.ExceptionServices;
using Morula.Model;
using Morula.Sharing;
using TorchSharp.Modules;

namespace Morula.Training;

/// <summary>
/// One process's share in the steps of a training that several do together. Whatever happens to a process in a step, it says and sends
/// as much as the others, so that all end the step in the same way.
/// </summary>
internal sealed class StepShare(IProcessGroup group, MaskRcnn model, TrainedParts parts) : IBatchShare
{
    private const int MostCounts = 4;
    private readonly GradientSums gradients = new(group, model.TaughtInOrder(parts));
    private int sums;

    /// <inheritdoc/>
    public int Count => group.Count;

    /// <summary>Takes a step: losses of the whole batch, gradients of the whole batch.</summary>
    /// <param name="memory">Means of the step.</param>
    /// <param name="teach">Teaches the own share and gives its losses.</param>
    /// <param name="isRecoverable">Whether a fault is one that the step can be taken again after.</param>
    /// <exception cref="InsufficientMemoryException">Another process had such a fault; the step is to be taken again here too.</exception>
    public Dictionary<string, double> Take(MemoryOptions memory, Func<IReadOnlyDictionary<string, double>> teach, Func<Exception, bool> isRecoverable)
    {
        gradients.Begin();
        sums = 0;
        ExceptionDispatchInfo? failed = null;
        IReadOnlyDictionary<string, double>? own = null;
        try
        {
            own = teach();
        }
        catch (Exception fault) when (isRecoverable(fault))
        {
            failed = ExceptionDispatchInfo.Capture(fault);
            while (sums < StagedTeaching.SumsOf(parts, memory)) Sum([double.NaN]);
        }

        double[] whole = Finish(own);
        failed?.Throw();
        return Whole(whole) ?? throw new InsufficientMemoryException("memory ran out in another process.");
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> Sum(IReadOnlyList<double> counts)
    {
        var values = new double[MostCounts];
        for (int index = 0; index < counts.Count; index++) values[index] = counts[index];

        // One that cannot go on says so by not a number, in all places.
        if (double.IsNaN(counts[0])) Array.Fill(values, double.NaN);
        group.Sum(values);
        sums++;
        return values;
    }

    /// <inheritdoc/>
    public void Complete(IEnumerable<Parameter> weights) => gradients.Complete(weights);

    // Whether a process failed; then, for each loss, how many have it, and the sum.
    private double[] Finish(IReadOnlyDictionary<string, double>? losses)
    {
        gradients.Finish();
        var values = new double[1 + (2 * Losses.Names.Count)];
        values[0] = losses is null ? 1 : 0;
        for (int index = 0; index < Losses.Names.Count; index++)
        {
            if (losses is null || !losses.TryGetValue(Losses.Names[index], out double loss)) continue;
            (values[1 + (2 * index)], values[2 + (2 * index)]) = (1, loss);
        }

        group.Sum(values);
        return values;
    }

    private static Dictionary<string, double>? Whole(double[] values)
    {
        if (values[0] > 0) return null;
        var losses = new Dictionary<string, double>(StringComparer.Ordinal);
        for (int index = 0; index < Losses.Names.Count; index++)
            if (values[1 + (2 * index)] > 0) losses[Losses.Names[index]] = values[2 + (2 * index)];
        losses["loss"] = losses.Values.Sum();
        return losses;
    }
}
