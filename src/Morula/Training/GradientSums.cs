using Morula.Sharing;
using TorchSharp.Modules;

namespace Morula.Training;

/// <summary>
/// Adds up the gradients of several processes while the backward pass goes on: weights are put together in buckets, each of which is
/// sent when its gradients are whole and those before it are on their way (Li et al. 2020, PyTorch Distributed).
/// </summary>
internal sealed class GradientSums
{
    private const int UsualLength = 1 << 17;
    private readonly IProcessGroup group;
    private readonly List<GradientBucket> buckets = [];
    private readonly Dictionary<nint, GradientBucket> homes = [];
    private readonly HashSet<nint> whole = [];
    private int sent;

    /// <summary>Shares out weights among buckets.</summary>
    /// <param name="group">The processes.</param>
    /// <param name="taught">Weights, about in the order in which their gradients become whole.</param>
    /// <param name="bucketLength">Numbers at which a bucket is full.</param>
    public GradientSums(IProcessGroup group, IEnumerable<Parameter> taught, int bucketLength = UsualLength)
    {
        this.group = group;
        foreach (Parameter parameter in taught)
        {
            if (buckets.Count == 0 || buckets[^1].Length >= bucketLength) buckets.Add(new GradientBucket());
            buckets[^1].Add(parameter);
            homes[parameter.Handle] = buckets[^1];
        }
    }

    /// <summary>Buckets sent in this step.</summary>
    public int SentCount => sent;

    /// <summary>Begins a step.</summary>
    public void Begin()
    {
        foreach (GradientBucket bucket in buckets) bucket.Begin();
        whole.Clear();
        sent = 0;
    }

    /// <summary>Gradients of weights are whole.</summary>
    public void Complete(IEnumerable<Parameter> weights)
    {
        foreach (Parameter parameter in weights)
            if (homes.TryGetValue(parameter.Handle, out GradientBucket? home) && whole.Add(parameter.Handle)) home.Complete();
        while (sent < buckets.Count && buckets[sent].IsWhole) buckets[sent++].Send(group);
    }

    /// <summary>Sends what is left, waits for all, and puts the sums into the place of the gradients.</summary>
    public void Finish()
    {
        while (sent < buckets.Count) buckets[sent++].Send(group);
        foreach (GradientBucket bucket in buckets) bucket.Take();
    }
}
